/** Charts: CPU, memory, network and disk I/O of a server over the same time. */
import { useCallback, useMemo } from "react";
import { useActivities } from "~/api/hooks";
import { useDrawer } from "~/app/drawer";
import { ChartGroup } from "~/kit/chart/ChartGroup";
import type { Series } from "~/kit/chart/series";
import { TimeChart } from "~/kit/chart/TimeChart";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Ago, useNowText } from "~/kit/time";
import { bytes, plural } from "~/kit/units";
import { isUp, type ServerResource } from "../model";
import { lastKnown, untilNow } from "./away";
import { marksOf } from "./marks";
import classes from "./Overview.module.css";

export function Charts(props: {
  server: ServerResource;
  series: Series;
  /** Seconds. */
  window: number;
  loading: boolean;
}): React.ReactNode {
  const { server, window, loading } = props;
  const { at, columns } = useShown(server, props.series);
  const marks = useMarks(server.id);
  const total = lastKnown(columns.memory_total) ?? server.status.memory_total ?? undefined;
  const cores = server.status.cores ?? server.status.agent?.cores;
  const shared = { at, marks, window, loading };
  if (!loading && !isUp(server) && lastKnown(columns.cpu) === undefined) return <NoFigures server={server} />;
  return (
    <ChartGroup>
      <div className={classes.charts} data-stale={!isUp(server) || undefined}>
        <TimeChart
          {...shared}
          title="CPU"
          unit="percent"
          max={100}
          series={[{ label: "CPU", values: columns.cpu }]}
          note={cores ? `of ${plural(cores, "core")}` : undefined}
        />
        <TimeChart
          {...shared}
          title="Memory"
          unit="bytes"
          max={total}
          series={[{ label: "Memory", values: columns.memory_used }]}
          note={total ? `of ${bytes(total)}` : undefined}
        />
        <TimeChart
          {...shared}
          title="Network"
          unit="bits"
          series={[
            { label: "in", values: columns.received },
            { label: "out", values: columns.sent, second: true },
          ]}
        />
        <TimeChart
          {...shared}
          title="Disk I/O"
          unit="byteRate"
          series={[
            { label: "write", values: columns.written },
            { label: "read", values: columns.read, second: true },
          ]}
        />
      </div>
    </ChartGroup>
  );
}

/** While the server is away the time since stands empty at the end; it moves on a few times a minute. */
function useShown(server: ServerResource, series: Series): Series {
  const up = isUp(server);
  const now = useNowText((time) => (up ? "" : String(Math.floor(time / 15_000) * 15)));
  return useMemo(() => (now ? untilNow(series, Number(now)) : series), [series, now]);
}

function useMarks(server: string) {
  const { list } = useActivities();
  const { open } = useDrawer();
  const show = useCallback((id: string) => open(id), [open]);
  return useMemo(() => marksOf(list, server, show), [list, server, show]);
}

/** Four empty charts would say less. */
function NoFigures({ server }: { server: ServerResource }): React.ReactNode {
  const { since } = server.status;
  return (
    <Panel label="Charts">
      <Notice
        title="No figures from the last hour"
        text={
          since && (
            <>
              {server.name} was last seen <Ago at={since} suffix=" ago" />. Its charts go on when it answers
              again.
            </>
          )
        }
      />
    </Panel>
  );
}
