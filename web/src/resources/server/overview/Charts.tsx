/** Charts: CPU, memory, network and disk I/O of a server over the same time. */
import { useMemo } from "react";
import type { Mark } from "~/kit/chart/mark";
import type { Line } from "~/kit/chart/props";
import type { Name, Series } from "~/kit/chart/series";
import { TimeChart } from "~/kit/chart/TimeChart";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Ago, useNowText } from "~/kit/time";
import { bytes, plural } from "~/kit/units";
import { isUp, type ServerResource } from "../model";
import { lastKnown, untilNow } from "./away";
import classes from "./Overview.module.css";

/** Columns of one axis, live or of the past. */
export interface Charted {
  at: readonly number[];
  of(name: Name): Pick<Line, "values" | "low" | "high">;
}

export function Charts(props: {
  server: ServerResource;
  charted: Charted;
  /** Seconds; of all there is, if not given. */
  window?: number | undefined;
  loading: boolean;
  marks: readonly Mark[];
}): React.ReactNode {
  const { server, charted, window, loading, marks } = props;
  const { at, of } = charted;
  const total = lastKnown(of("memory_total").values) ?? server.status.memory_total ?? undefined;
  const cores = server.status.cores ?? server.status.agent?.cores;
  const shared = { at, marks, loading, ...(window !== undefined && { window }) };
  if (!loading && !isUp(server) && lastKnown(of("cpu").values) === undefined)
    return <NoFigures server={server} />;
  return (
    <div className={classes.charts} data-stale={!isUp(server) || undefined}>
      <TimeChart
        {...shared}
        title="CPU"
        unit="percent"
        max={100}
        series={[{ label: "CPU", ...of("cpu") }]}
        note={cores ? `of ${plural(cores, "core")}` : undefined}
      />
      <TimeChart
        {...shared}
        title="Memory"
        unit="bytes"
        max={total}
        series={[{ label: "Memory", ...of("memory_used") }]}
        note={total ? `of ${bytes(total)}` : undefined}
      />
      <TimeChart
        {...shared}
        title="Network"
        unit="bits"
        series={[
          { label: "in", ...of("received") },
          { label: "out", ...of("sent"), second: true },
        ]}
      />
      <TimeChart
        {...shared}
        title="Disk I/O"
        unit="byteRate"
        series={[
          { label: "write", ...of("written") },
          { label: "read", ...of("read"), second: true },
        ]}
      />
    </div>
  );
}

/** While the server is away the time since stands empty at the end; it moves on a few times a minute. */
export function useLive(server: ServerResource, series: Series): Charted {
  const up = isUp(server);
  const now = useNowText((time) => (up ? "" : String(Math.floor(time / 15_000) * 15)));
  return useMemo(() => {
    const { at, columns } = now ? untilNow(series, Number(now)) : series;
    return { at, of: (name: Name) => ({ values: columns[name] }) };
  }, [series, now]);
}

/** Four empty charts would say less. */
function NoFigures({ server }: { server: ServerResource }): React.ReactNode {
  const { since } = server.status;
  return (
    <Panel label="Charts">
      <Notice
        title="No figures from this time"
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
