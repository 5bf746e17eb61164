/** PastCharts: the same charts of a longer time, from what core kept; what is zoomed into is asked for more finely. */
import { useGroup } from "~/kit/chart/ChartGroup";
import type { Mark } from "~/kit/chart/mark";
import { lineOf } from "~/kit/chart/past";
import { NAMES } from "~/kit/chart/series";
import { usePast } from "~/kit/chart/usePast";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import type { ServerResource } from "../model";
import { type Charted, Charts } from "./Charts";

/** All four are in every sample. */
const KEYS: readonly string[] = ["cpu"];

export function PastCharts(props: {
  server: ServerResource;
  seconds: number;
  newest: number | undefined;
  marks: readonly Mark[];
}): React.ReactNode {
  const { server, seconds, newest, marks } = props;
  const { zoom } = useGroup();
  const past = usePast({ path: `/servers/${server.id}/usage_history`, metrics: NAMES }, seconds, zoom, {
    newest,
    keys: KEYS,
  });
  const charted: Charted = { at: past.at, of: (name) => lineOf(past, name) };
  if (past.problem)
    return (
      <Panel label="Charts">
        <Notice tone="bad" title={past.problem.body.title} text={past.problem.body.detail} />
      </Panel>
    );
  return <Charts server={server} charted={charted} loading={!past.ready} marks={marks} />;
}
