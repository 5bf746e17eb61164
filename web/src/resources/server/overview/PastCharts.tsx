/** PastCharts: the same charts of a longer time, from what core kept; what is zoomed into is asked for more finely. */
import { useMemo } from "react";
import { useGroup } from "~/kit/chart/ChartGroup";
import type { Mark } from "~/kit/chart/mark";
import { NAMES, type Name } from "~/kit/chart/series";
import { type PastOf, usePast } from "~/kit/chart/usePast";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import type { ServerResource } from "../model";
import { type Charted, Charts } from "./Charts";

export function PastCharts(props: {
  server: ServerResource;
  seconds: number;
  newest: number | undefined;
  marks: readonly Mark[];
}): React.ReactNode {
  const { server, seconds, newest, marks } = props;
  const { zoom } = useGroup();
  const of = useMemo<PastOf>(
    () => ({ path: `/servers/${server.id}/usage_history`, metrics: NAMES }),
    [server.id],
  );
  const past = usePast(of, seconds, zoom, newest);
  const charted = useMemo<Charted>(() => {
    const none = past.at.map(() => null);
    return {
      at: past.at,
      of: (name: Name) => {
        const column = past.columns.get(name);
        return column ? { values: column.values, low: column.low, high: column.high } : { values: none };
      },
    };
  }, [past.at, past.columns]);
  if (past.problem)
    return (
      <Panel label="Charts">
        <Notice tone="bad" title={past.problem.body.title} text={past.problem.body.detail} />
      </Panel>
    );
  return <Charts server={server} charted={charted} loading={!past.ready} marks={marks} />;
}
