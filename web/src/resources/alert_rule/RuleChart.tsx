/** RuleChart: the past of what a rule watches at one place, with its levels and the times at which it would have been open. */
import { useMemo, useState } from "react";
import { useServers } from "~/api/hooks";
import { keptOf, type Of } from "~/kit/alert/past";
import { useGroup } from "~/kit/chart/ChartGroup";
import { chartUnit } from "~/kit/chart/past";
import { TimeChart } from "~/kit/chart/TimeChart";
import { usePast } from "~/kit/chart/usePast";
import { Segments } from "~/kit/Segments";
import classes from "./alert_rule.module.css";
import { levelsOf, stretchesOf, type WouldFire } from "./preview";
import type { RuleConfig } from "./words";

interface Props {
  config: RuleConfig;
  unit: string;
  of: Of;
  name: string;
  seconds: number;
  fired: readonly WouldFire[];
}

export function RuleChart(props: Props): React.ReactNode {
  const { what } = props.config;
  const kept = useMemo(() => keptOf(what, props.of), [JSON.stringify(what), props.of.id, props.of.type]);
  return kept ? <Chart {...props} kept={kept} /> : null;
}

function Chart(props: Props & { kept: NonNullable<ReturnType<typeof keptOf>> }): React.ReactNode {
  const { config, unit, of, seconds, fired, kept } = props;
  const { zoom } = useGroup();
  const past = usePast(kept.of, seconds, zoom);
  const [wanted, want] = useState("");
  const things = useMemo(() => kept.things(past), [kept, past.columns]);
  const thing = thingOf(things, wanted || said(config), fired, of.id);
  const cores = useServers().items.get(of.id)?.status.cores ?? 0;
  const values = useMemo(() => kept.values(past, thing, cores), [kept, past.at, past.columns, thing, cores]);
  const { warning, critical, margin } = config;
  const levels = useMemo(() => levelsOf(config, unit), [warning, critical, margin, unit, config.what]);
  const until = past.at.at(-1) ?? 0;
  const stretches = useMemo(() => stretchesOf(fired, of.id, thing, until), [fired, of.id, thing, until]);
  const shown = chartUnit(unit);
  const full = shown === "percent" && config.what.kind !== "container_figure";
  return (
    <div className={classes.chart}>
      {things.length > 1 && (
        <div className={classes.things}>
          <Segments
            label="Of it"
            value={thing}
            onChange={want}
            data={things.slice(0, 6).map((each) => ({ value: each, label: each }))}
          />
        </div>
      )}
      <TimeChart
        title={thing ? `${props.name} ${thing}` : props.name}
        at={past.at}
        unit={shown}
        max={full ? 100 : undefined}
        series={[{ label: props.name, values }]}
        levels={levels}
        stretches={stretches}
        loading={!past.ready}
        height={120}
      />
    </div>
  );
}

/** The one asked for, else where it would have fired, else the first. */
function thingOf(things: readonly string[], wanted: string, fired: readonly WouldFire[], id: string): string {
  if (things.includes(wanted)) return wanted;
  const known = fired.find((each) => each.id === id && things.includes(each.what));
  return known?.what ?? things[0] ?? "";
}

const said = ({ what }: RuleConfig): string => ("of" in what && typeof what.of === "string" ? what.of : "");
