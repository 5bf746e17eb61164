/** Runs: when a schedule is due next, and what became of each time it was, newest first. */
import { Switch } from "@mantine/core";
import { useState } from "react";
import { ask } from "~/api/http";
import type { Resource } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { attempt } from "~/kit/attempt";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Shape } from "~/kit/State";
import { Ago } from "~/kit/time";
import classes from "./schedule.module.css";
import { Upcoming, usePreview } from "./Upcoming";
import { inZone, type Occasion, outcomeOf, type Schedule, whyOf } from "./words";

export function RunsTab({ resource }: { resource: Resource }): React.ReactNode {
  const schedule = resource as unknown as Schedule;
  const { status, info, config } = schedule;
  return (
    <div className="stack">
      {status.state === "blocked" && (
        <Notice
          tone="bad"
          title="It would be refused now"
          text={`${status.reason}. What is due until that is put right is refused, and stands below.`}
        />
      )}
      <Panel title="Next" end={<OnSwitch schedule={schedule} />}>
        <Next schedule={schedule} />
      </Panel>
      <Panel title="Last runs" note="the last 20">
        {info.occasions.length === 0 && (
          <Notice
            title="Never due yet"
            text="Each time it is due stands here: what came of it, or why it did not run."
          />
        )}
        <ol>
          {[...info.occasions].reverse().map((one) => (
            <Row key={one.due} one={one} zone={config.when.zone} />
          ))}
        </ol>
      </Panel>
    </div>
  );
}

function Next({ schedule }: { schedule: Schedule }): React.ReactNode {
  const { when, enabled } = schedule.config;
  const preview = usePreview(when.cron, when.zone, schedule.status.next ?? "");
  if (!enabled) return <Notice title="Switched off" text="Nothing is due until it is switched on." />;
  return (
    <div className={classes.next}>
      <Upcoming preview={preview} zone={when.zone} />
    </div>
  );
}

function OnSwitch({ schedule }: { schedule: Schedule }): React.ReactNode {
  const [busy, setBusy] = useState(false);
  const { enabled, does } = schedule.config;
  const change = async (on: boolean) => {
    setBusy(true);
    await attempt(() =>
      ask("PATCH", `/schedules/${schedule.id}`, {
        body: { config: { enabled: on } },
        revision: schedule.revision,
      }),
    );
    setBusy(false);
  };
  return (
    <Switch
      label="Switched on"
      checked={enabled}
      disabled={busy || !does || !schedule.can.includes("schedule.update")}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}

function Row({ one, zone }: { one: Occasion; zone: string }): React.ReactNode {
  const { open } = useDrawer();
  const { tone, word } = outcomeOf(one);
  const why = whyOf(one);
  const content = (
    <>
      <Shape tone={tone} />
      <span className={classes.outcome}>{word}</span>
      <time className={classes.due} dateTime={one.due}>
        {inZone(one.due, zone)}
      </time>
      <span className={classes.why} title={why || undefined}>
        {why || (one.activity ? "What was done" : "")}
      </span>
      <span className={classes.age}>
        <Ago at={one.due} suffix=" ago" />
      </span>
    </>
  );
  return (
    <li>
      {one.activity ? (
        <button type="button" className={classes.run} onClick={() => open(one.activity)}>
          {content}
        </button>
      ) : (
        <div className={classes.run}>{content}</div>
      )}
    </li>
  );
}
