/** Schedules of one resource: what is done to it by the clock, and the way to one more. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMe, useResources, useTypes } from "~/api/hooks";
import type { Resource, TypeInfo } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { State } from "~/kit/State";
import { Until } from "~/kit/until";
import classes from "./schedule.module.css";
import { deedOf, outcomeOf, ownZone, type Schedule, schedulable, standing } from "./words";

export function SchedulesTab({ type, resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  const found = useSchedulesOf(resource.id);
  const link = <NewSchedule type={type} resource={resource} />;
  return (
    <Panel title="Schedules" note="what is done by the clock" end={found.length > 0 && link}>
      {found.length === 0 && (
        <Notice
          title={`Nothing is done to ${resource.name} by the clock`}
          text="A schedule has any action done when it is due, with the rights of whoever switches it on."
          action={link}
        />
      )}
      <ul>
        {found.map((each) => (
          <Row key={each.id} schedule={each} />
        ))}
      </ul>
    </Panel>
  );
}

/** How many there are, beside the tab's name. */
export function ScheduleCount({ resource }: { resource: Resource }): React.ReactNode {
  const { length } = useSchedulesOf(resource.id);
  return length > 0 ? length : null;
}

function Row({ schedule }: { schedule: Schedule }): React.ReactNode {
  const types = useTypes();
  const { status, config, names } = schedule;
  const { tone, word } = standing({ resource: schedule, open: [], runs: [] });
  return (
    <li>
      <Link className={classes.schedule} to={`/schedules/${schedule.name}`}>
        <State tone={tone} word={word} />
        <span className="strong cut">{schedule.name}</span>
        <span className="cut" title={status.text}>
          {deedOf(config.does, names, types)} · {status.text}
        </span>
        <span className={classes.age}>{status.next ? <Until at={status.next} before="next " /> : ""}</span>
        <span className={classes.last}>{status.last && <State {...outcomeOf(status.last)} />}</span>
      </Link>
    </li>
  );
}

/** Filled in as far as can be: what it most often does, each night, by the viewer's clock. */
function NewSchedule({ type, resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  const me = useMe();
  const first = schedulable(type).find(
    ({ name, targeted, part, danger }) => targeted && !part && !danger && resource.can.includes(name),
  );
  if (!me.can.includes("schedule.create") || !first) return null;
  const search = {
    name: `${resource.name.slice(0, 52)}-nightly`,
    "config.does.operation": first.name,
    "config.does.target": resource.id,
    "config.when.cron": "0 3 * * *",
    "config.when.zone": ownZone(),
    "config.enabled": true,
  };
  return (
    <Button component={Link} to="/schedules/new" search={search as never}>
      New schedule
    </Button>
  );
}

function useSchedulesOf(id: string): Schedule[] {
  const { items } = useResources("schedule");
  return useMemo(
    () =>
      [...items.values()]
        .map((each) => each as unknown as Schedule)
        .filter(({ config }) => config.does?.target === id || idsOf(config.does).includes(id))
        .sort((a, b) => a.name.localeCompare(b.name)),
    [items, id],
  );
}

function idsOf(does: Schedule["config"]["does"]): readonly unknown[] {
  const ids = (does?.parameters as Record<string, unknown> | undefined)?.ids;
  return Array.isArray(ids) ? ids : [];
}
