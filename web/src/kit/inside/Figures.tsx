/** Figures: what a container uses: CPU, memory, network and block I/O, live while somebody looks, or of a time past. */
import { useMemo } from "react";

import { useAlertMarks } from "~/kit/alert/useAlertMarks";
import { ChartGroup, useGroup } from "~/kit/chart/ChartGroup";
import { Marks } from "~/kit/chart/Marks";
import type { Mark } from "~/kit/chart/mark";
import { RangePicker, useReach } from "~/kit/chart/RangePicker";
import { LIVE } from "~/kit/chart/ranges";
import { TimeChart } from "~/kit/chart/TimeChart";
import { useHappened } from "~/kit/chart/useHappened";
import { useUrlGroup } from "~/kit/chart/useUrlGroup";
import { ZoomBar } from "~/kit/chart/ZoomBar";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { bits, byteRate, bytes, percent } from "~/kit/units";
import classes from "./Figures.module.css";
import { WINDOW } from "./figures";
import type { Inside } from "./inside";
import { PastFigures } from "./PastFigures";
import { useFigures } from "./useFigures";

const SHORTEST = 60;

export function Figures({ inside }: { inside: Inside }): React.ReactNode {
  const [reach, choose] = useReach(LIVE);
  const group = useUrlGroup();
  const happened = useHappened(inside.happened, reach.seconds, group.zoom, inside.only);
  const alerted = useAlertMarks(inside.happened, reach.seconds, group.zoom, inside.only);
  const marks = useMemo(() => [...happened, ...alerted], [happened, alerted]);
  const now = Math.floor(Date.now() / 60_000) * 60;
  return (
    <div className={classes.figures}>
      <ChartGroup group={group}>
        <RangePicker reach={reach} choose={choose} className={classes.range} />
        {reach.id === LIVE ? (
          <LiveFigures inside={inside} marks={marks} />
        ) : (
          <PastFigures inside={inside} seconds={reach.seconds} marks={marks} />
        )}
        <Marks marks={marks} range={group.zoom ?? [now - reach.seconds, now + AHEAD]} />
        <ZoomBar />
      </ChartGroup>
    </div>
  );
}

/** What began this moment is seen, whatever the two clocks say. */
const AHEAD = 120;

function LiveFigures({ inside, marks }: { inside: Inside; marks: readonly Mark[] }): React.ReactNode {
  const { zoom } = useGroup();
  const { at, columns, now, latest, problem } = useFigures(inside.figures);
  if (problem)
    return (
      <Panel label="Live figures">
        <Notice tone="bad" title={problem.title} text={problem.detail} />
      </Panel>
    );
  // What is zoomed to is older than what is kept here.
  if (zoom && zoom[0] < (at[0] ?? Number.POSITIVE_INFINITY))
    return <PastFigures inside={inside} seconds={WINDOW} marks={marks} />;
  const still = now !== undefined && now.usage === null && now.state !== "running";
  if (still && at.length === 0) return <Still inside={inside} state={now.state} reason={now.reason} />;
  // As wide as there is something to show: what has just begun is seen, too.
  const window = Math.min(WINDOW, Math.max(SHORTEST, (at.at(-1) ?? 0) - (at[0] ?? 0)));
  const shared = { at, window, loading: !still, ends: true, height: 84, marks };
  const limit = latest?.memory_limit || undefined;
  return (
    <>
      {still && <Still inside={inside} state={now.state} reason={now.reason} />}
      <div className={classes.charts} data-stale={still || undefined} data-figures={now?.state}>
        <TimeChart
          {...shared}
          title="CPU"
          unit="percent"
          format={percent}
          series={[{ label: "CPU", values: columns.cpu }]}
          note={latest ? `of one core, ${latest.pids} PIDs` : undefined}
        />
        <TimeChart
          {...shared}
          title="Memory"
          unit="bytes"
          format={bytes}
          series={[{ label: "Memory", values: columns.memory }]}
          note={limit ? `of ${bytes(limit)}` : undefined}
        />
        <TimeChart
          {...shared}
          title="Network"
          unit="bits"
          format={bits}
          series={[
            { label: "in", values: columns.receiving },
            { label: "out", values: columns.sending, second: true },
          ]}
          note={
            latest && (
              <span
                className={classes.total}
              >{`${bytes(latest.received)} and ${bytes(latest.sent)} in all`}</span>
            )
          }
        />
        <TimeChart
          {...shared}
          title="Block I/O"
          unit="byteRate"
          format={byteRate}
          series={[
            { label: "write", values: columns.writing },
            { label: "read", values: columns.reading, second: true },
          ]}
          note={
            latest && (
              <span
                className={classes.total}
              >{`${bytes(latest.written)} and ${bytes(latest.read)} in all`}</span>
            )
          }
        />
      </div>
    </>
  );
}

/** Four empty charts would say less. */
function Still(props: { inside: Inside; state: string; reason: string }): React.ReactNode {
  const { state, reason } = props;
  const unknown = state === "unknown";
  return (
    <Panel label="Live figures">
      <Notice
        tone={unknown ? "warn" : "off"}
        title={unknown ? "No figures come from its server" : "Nothing to measure: it does not run"}
        text={
          <span dir="auto">
            {state === "gone" ? "There is no container." : `It is ${state}${reason ? `: ${reason}` : ""}.`}{" "}
            The figures go on by themselves when it runs again.
          </span>
        }
      />
    </Panel>
  );
}
