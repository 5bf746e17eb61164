/** PastFigures: what a container used over a time, from what core kept; zoomed into, more finely. */
import { useGroup } from "~/kit/chart/ChartGroup";
import type { Mark } from "~/kit/chart/mark";
import { isEmpty, lineOf } from "~/kit/chart/past";
import type { Line } from "~/kit/chart/props";
import { TimeChart } from "~/kit/chart/TimeChart";
import { usePast } from "~/kit/chart/usePast";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { percent } from "~/kit/units";
import classes from "./Figures.module.css";
import type { Inside } from "./inside";
import { LookAgain } from "./LookAgain";

export function PastFigures(props: {
  inside: Inside;
  seconds: number;
  marks: readonly Mark[];
}): React.ReactNode {
  const { inside, seconds, marks } = props;
  const { zoom } = useGroup();
  const past = usePast(inside.past, seconds, zoom);
  if (past.problem)
    return (
      <Panel label="Figures">
        <Notice tone="bad" title={past.problem.body.title} text={past.problem.body.detail} />
      </Panel>
    );
  if (past.ready && isEmpty(past) && !zoom)
    return (
      <Panel label="Figures">
        <Notice
          title="No figures from this time"
          text="They are kept from every ten seconds in which the container ran."
        />
      </Panel>
    );
  const line = (name: string, label: string, second = false): Line => ({
    label,
    ...lineOf(past, name),
    ...(second && { second }),
  });
  const shared = { at: past.at, loading: !past.ready, height: 84, marks };
  return (
    <>
      <div className={classes.charts}>
        <TimeChart
          {...shared}
          title="CPU"
          unit="percent"
          format={percent}
          series={[line("cpu", "CPU")]}
          note="of one core"
        />
        <TimeChart {...shared} title="Memory" unit="bytes" series={[line("memory", "Memory")]} />
        <TimeChart
          {...shared}
          title="Network"
          unit="bits"
          series={[line("received", "in"), line("sent", "out", true)]}
        />
        <TimeChart
          {...shared}
          title="Block I/O"
          unit="byteRate"
          series={[line("written", "write"), line("read", "read", true)]}
        />
        <TimeChart {...shared} title="Processes and threads" unit="number" series={[line("pids", "PIDs")]} />
      </div>
      <div className={classes.again}>
        <LookAgain
          looked={{
            answer: past.ready,
            at: past.asked,
            busy: past.busy,
            again: past.again,
            problem: undefined,
          }}
        />
      </div>
    </>
  );
}
