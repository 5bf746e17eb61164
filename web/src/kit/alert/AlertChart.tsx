/** AlertChart: an alert's figure around its time, with its level and the time in which it was so. */
import { useMemo, useState } from "react";
import { useResources, useServers } from "~/api/hooks";
import type { Range } from "~/kit/chart/ChartGroup";
import { chartUnit } from "~/kit/chart/past";
import { TimeChart } from "~/kit/chart/TimeChart";
import { usePast } from "~/kit/chart/usePast";
import classes from "./AlertDrawer.module.css";
import { type Alert, toneOf } from "./alert";
import { limitText } from "./figure";
import { around, type Kept, keptOf, ofAlert, type What } from "./past";

/** Only of figures, and while its rule is there to say which. */
export function AlertChart({ alert }: { alert: Alert }): React.ReactNode {
  const { items } = useResources("alert_rule");
  const rule = items.get(alert.rule);
  const what = (rule?.config as { what?: What } | undefined)?.what;
  const kept = useMemo(() => what && keptOf(what, ofAlert(alert)), [what, alert.subject, alert.rule_kind]);
  if (!kept || !what || what.kind !== alert.rule_kind) return null;
  return <Chart alert={alert} kept={kept} />;
}

function Chart({ alert, kept }: { alert: Alert; kept: Kept }): React.ReactNode {
  const [now] = useState(() => Date.now() / 1000);
  const { since, resolved } = alert;
  const range = useMemo<Range>(() => around({ since, resolved }, now), [since, resolved, now]);
  const past = usePast(kept.of, range[1] - range[0], range);
  const cores = useServers().items.get(alert.subject.server)?.status.cores ?? 0;
  const thing = alert.subject.type === "server" && !kept.of.query ? alert.subject.what : "";
  const values = useMemo(() => kept.values(past, thing, cores), [kept, past.at, past.columns, thing, cores]);
  const stretches = useMemo(
    () => [
      {
        from: Date.parse(since) / 1000,
        to: resolved ? Date.parse(resolved) / 1000 : now,
        tone: toneOf(alert),
      },
    ],
    [since, resolved, now, alert.severity],
  );
  // Of a disk that fills up the level is a time, which is no height here.
  const level = alert.unit === "hours" ? null : alert.limit;
  const levels = useMemo(
    () => (level === null ? [] : [{ value: level, tone: toneOf(alert), label: limitText(alert) }]),
    [level, alert.severity, alert.unit],
  );
  if (past.problem || (past.ready && !values.some((value) => value !== null))) return null;
  const unit = chartUnit(alert.unit);
  return (
    <div className={classes.chart}>
      <TimeChart
        title={alert.subject.what || "Figure"}
        at={past.at}
        unit={unit}
        max={unit === "percent" && alert.rule_kind !== "container_figure" ? 100 : undefined}
        series={[{ label: "Figure", values }]}
        levels={levels}
        stretches={stretches}
        loading={!past.ready}
        height={110}
      />
    </div>
  );
}
