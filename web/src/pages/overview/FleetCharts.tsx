/** FleetCharts: what all servers together used over the last half hour, with the deploys on the axis. */
import { memo, useCallback, useMemo } from "react";
import { ChartGroup } from "~/kit/chart/ChartGroup";
import type { Mark } from "~/kit/chart/mark";
import { TimeChart } from "~/kit/chart/TimeChart";
import { bytes, count, digits } from "~/kit/units";
import { isUp, serverOf } from "~/resources/server/model";
import { useTrends } from "~/resources/server/useTrends";
import type { Known } from "~/resources/ui";
import { fleetUse } from "./fleet";
import classes from "./Overview.module.css";

const HEIGHT = 76;
const NONE: readonly number[] = [];

export const FleetCharts = memo(function FleetCharts(props: {
  servers: readonly Known[];
  deployments: readonly Known[];
}): React.ReactNode {
  const servers = useMemo(() => props.servers.map(serverOf), [props.servers]);
  const trends = useTrends();
  const use = useMemo(() => fleetUse(servers, trends), [servers, trends]);
  const marks = useMarks(props.deployments, use.at[0] ?? 0);
  const { cores, memoryTotal } = use;
  const part = useCallback((percent: number) => digits((percent / 100) * cores), [cores]);
  const stored = useCallback(
    (percent: number) => like((percent / 100) * memoryTotal, memoryTotal),
    [memoryTotal],
  );
  const shared = {
    // One point is no line.
    at: use.at.length > 1 ? use.at : NONE,
    marks,
    height: HEIGHT,
    ends: true,
    loading: trends.size === 0 && servers.some(isUp),
  };
  return (
    <ChartGroup>
      <div className={classes.three}>
        <TimeChart
          {...shared}
          title="CPU"
          unit="percent"
          max={100}
          series={[{ label: "CPU", values: use.cpu }]}
          format={part}
          note={cores > 0 && `of ${count(cores)} cores`}
        />
        <TimeChart
          {...shared}
          title="Memory"
          unit="percent"
          max={100}
          series={[{ label: "Memory", values: use.memory }]}
          format={stored}
          note={memoryTotal > 0 && `of ${bytes(memoryTotal)}`}
        />
        <TimeChart
          {...shared}
          title="Network"
          unit="bits"
          series={[{ label: "in and out", values: use.network }]}
        />
      </div>
    </ChartGroup>
  );
});

function useMarks(deployments: readonly Known[], from: number): Mark[] {
  return useMemo(
    () =>
      deployments.flatMap(({ resource, runs }) =>
        runs
          .filter((run) => run.operation === "deployment.deploy" && Date.parse(run.ended) / 1000 >= from)
          .map((run) => ({
            at: Date.parse(run.ended) / 1000,
            kind: "deploy" as const,
            title: `${run.who.name} deployed ${resource.name}${run.state === "succeeded" ? "" : `: ${run.state}`}`,
            href: `?activity=${run.activity}`,
          })),
      ),
    [deployments, from],
  );
}

/** `1.84` of `3.25 TiB`: in the unit of the whole, which stands beside it. */
function like(value: number, whole: number): string {
  const power = Math.floor(Math.log(Math.max(whole, 1) + 0.5) / Math.log(1024));
  return digits(value / 1024 ** power);
}
