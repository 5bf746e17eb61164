/** Overview: how one server is right now: what is wrong, its charts, disks, system and containers. */
import { useMemo, useRef } from "react";
import type { Resource } from "~/api/types";
import { useAlertMarks } from "~/kit/alert/useAlertMarks";
import { ChartGroup, type Range } from "~/kit/chart/ChartGroup";
import { Marks } from "~/kit/chart/Marks";
import type { Mark } from "~/kit/chart/mark";
import { RangePicker, useReach } from "~/kit/chart/RangePicker";
import { useHappened } from "~/kit/chart/useHappened";
import { type LiveSeries, useSeries } from "~/kit/chart/useSeries";
import { useUrlGroup } from "~/kit/chart/useUrlGroup";
import { ZoomBar } from "~/kit/chart/ZoomBar";
import { asServer, hasHost, type ServerResource } from "../model";
import { Banner } from "./Banner";
import { Charts, useLive } from "./Charts";
import { ContainersPanel } from "./ContainersPanel";
import { Disks } from "./Disks";
import { Docker } from "./Docker";
import { FailedUnits } from "./FailedUnits";
import { forecast } from "./forecast";
import { Gpus } from "./Gpus";
import { type HostSample, keysOf } from "./host";
import { MoreCharts } from "./MoreCharts";
import { NotYet } from "./NotYet";
import classes from "./Overview.module.css";
import { PastCharts } from "./PastCharts";
import { System } from "./System";

export function OverviewTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  return hasHost(server) ? <Overview server={server} /> : <NotYet server={server} />;
}

const HOUR = 3600;

function Overview({ server }: { server: ServerResource }): React.ReactNode {
  const series = useSeries(server.id);
  const latest = series.latest as HostSample | undefined;
  const [reach, choose] = useReach("1h");
  const group = useUrlGroup();
  const where = useMemo(() => ({ server: server.id }), [server.id]);
  const happened = useHappened(where, reach.seconds, group.zoom);
  const alerted = useAlertMarks(where, reach.seconds, group.zoom);
  const marks = useMemo(() => [...happened, ...alerted], [happened, alerted]);
  const newest = series.at.at(-1);
  const minute = Math.floor((newest ?? 0) / 60);
  const current = useRef(series);
  current.current = series;
  // A forecast in hours need not be made anew each second.
  const foretold = useMemo(
    () => (minute > 0 ? forecast(current.current.at, current.current.columns.disk) : undefined),
    [minute],
  );
  const until = newest ?? Math.floor(Date.now() / 60_000) * 60;
  return (
    <div className={classes.overview}>
      <RangePicker reach={reach} choose={choose} className={classes.window} />
      <Banner server={server} disks={latest?.disks ?? []} forecast={foretold} />
      <ChartGroup group={group}>
        <div className={classes.grid}>
          {reach.seconds <= HOUR && isLive(series, group.zoom) ? (
            <LiveCharts server={server} series={series} window={reach.seconds} marks={marks} />
          ) : (
            <PastCharts server={server} seconds={reach.seconds} newest={newest} marks={marks} />
          )}
          <div className={`stack ${classes.side}`}>
            <FailedUnits server={server} latest={latest} />
            <Disks server={server} series={series} latest={latest} forecast={foretold} />
            <Docker server={server} latest={latest} />
            <Gpus server={server} latest={latest} />
            <System server={server} latest={latest} at={newest} />
          </div>
        </div>
        <Marks marks={marks} range={group.zoom ?? [until - reach.seconds, until + AHEAD]} />
        <MoreCharts
          server={server}
          seconds={reach.seconds}
          live={{ newest, keys: latest ? keysOf(latest) : [] }}
        />
        <ContainersPanel server={server} />
        <ZoomBar />
      </ChartGroup>
    </div>
  );
}

/** What began this moment is seen, whatever the two clocks say. */
const AHEAD = 60;

/** What is zoomed into is among the samples of the last hour, which are the finest there are. */
function isLive({ at }: LiveSeries, zoom: Range | undefined): boolean {
  return !zoom || (at[0] !== undefined && zoom[0] >= at[0]);
}

function LiveCharts(props: {
  server: ServerResource;
  series: LiveSeries;
  window: number;
  marks: readonly Mark[];
}): React.ReactNode {
  const { server, series, window, marks } = props;
  const charted = useLive(server, series);
  return <Charts server={server} charted={charted} window={window} loading={!series.ready} marks={marks} />;
}
