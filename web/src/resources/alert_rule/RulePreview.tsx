/** RulePreview: what the rule says as it is typed, and on past data when it would have fired. */
import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useDeployments, useServers, useType } from "~/api/hooks";
import { Panel } from "~/kit/Panel";
import { Segments } from "~/kit/Segments";
import { plural } from "~/kit/units";
import classes from "./alert_rule.module.css";
import { candidates, inWords, isFigure, type Rehearsal, ruleAt } from "./preview";
import { RuleChart } from "./RuleChart";
import { unitOf } from "./unit";
import { useRehearsal } from "./useRehearsal";
import type { RuleConfig } from "./words";

const DAY = 86_400;
const SPANS = [
  { value: String(DAY), label: "Last day" },
  { value: String(7 * DAY), label: "Last week" },
];

export function RulePreview({
  config: given,
}: {
  config: Readonly<Record<string, unknown>>;
}): React.ReactNode {
  const config = given as unknown as RuleConfig;
  const schema = useType("alert_rule").config;
  const unit = unitOf(config.what, schema);
  return (
    <Panel title="In words" label="What this rule does" className={classes.preview}>
      <p className={classes.words} role="status">
        {inWords(config, unit)}
      </p>
      {isFigure(config.what) ? (
        <Past config={config} unit={unit} />
      ) : (
        <p className={classes.none}>Only of figures there is a past to try a rule on.</p>
      )}
    </Panel>
  );
}

function Past({ config, unit }: { config: RuleConfig; unit: string }): React.ReactNode {
  const [seconds, setSeconds] = useState(String(DAY));
  const [chosen, choose] = useState<string | null>(null);
  const { found, busy, problem } = useRehearsal(config, Number(seconds));
  const type = config.what.kind === "container_figure" ? "deployment" : "server";
  const servers = useServers().items;
  const deployments = useDeployments().items;
  const all = type === "server" ? servers : deployments;
  const fired = found?.fired ?? NONE;
  const subjects = useMemo(() => candidates(fired, [...all.values()]), [fired, all]);
  const subject = subjects.find(({ id }) => id === chosen) ?? subjects[0];
  const there = found?.overridden.find(({ id }) => id === subject?.id);
  const at = ruleAt(config, there);
  return (
    <>
      <div className={classes.tools}>
        <Segments label="Past" value={seconds} onChange={setSeconds} data={SPANS} />
        <Select
          className={classes.subject ?? ""}
          aria-label={type === "server" ? "Server" : "Deployment"}
          data={subjects.map(({ id, name, times }) => ({
            value: id,
            label: times ? `${name} (${times}×)` : name,
          }))}
          value={subject?.id ?? null}
          onChange={choose}
          searchable
          allowDeselect={false}
          limit={100}
          nothingFoundMessage="None is called so"
          comboboxProps={{ shadow: "md" }}
        />
        <span className={classes.outcome} role="status" data-busy={busy || undefined}>
          {problem ? (
            <span className={classes.wrong}>{wrong(problem.body)}</span>
          ) : (
            found && said(found, type)
          )}
        </span>
      </div>
      {subject && there && (
        <p className={classes.there}>
          {subject.name} has an override: {there.off ? "the rule does not hold there." : inWords(at, unit)}
        </p>
      )}
      {subject && (
        <RuleChart
          config={at}
          unit={unit}
          of={{ type, id: subject.id }}
          name={subject.name}
          seconds={Number(seconds)}
          fired={fired}
        />
      )}
    </>
  );
}

const NONE: Rehearsal["fired"] = [];

function said({ fired, more, looked_at }: Rehearsal, type: string): string {
  const times = fired.length + more;
  const looked = `looked at ${plural(looked_at, type)}`;
  if (times === 0) return `Would not have fired · ${looked}`;
  const on = new Set(fired.map(({ id }) => id)).size;
  return `Would have fired ${plural(times, "time")} on ${plural(on, type)} · ${looked}`;
}

function wrong({ detail, errors }: { detail: string; errors?: { path: string; message: string }[] }): string {
  const [first] = errors ?? [];
  return first ? `${first.path.replace(/^config\./, "")}: ${first.message}` : detail;
}
