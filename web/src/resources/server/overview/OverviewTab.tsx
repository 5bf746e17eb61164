/** Overview: how one server is right now: what is wrong, its charts, disks, system and containers. */
import { useMemo, useRef } from "react";
import type { Resource } from "~/api/types";
import { ChartGroup } from "~/kit/chart/ChartGroup";
import { RangePicker, useReach } from "~/kit/chart/RangePicker";
import { type LiveSeries, useSeries } from "~/kit/chart/useSeries";
import { asServer, hasHost, type ServerResource } from "../model";
import { Banner } from "./Banner";
import { Charts, useLive } from "./Charts";
import { ContainersPanel } from "./ContainersPanel";
import { Disks } from "./Disks";
import { forecast } from "./forecast";
import type { HostSample } from "./host";
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
  const minute = Math.floor((series.at.at(-1) ?? 0) / 60);
  const newest = useRef(series);
  newest.current = series;
  // A forecast in hours need not be made anew each second.
  const foretold = useMemo(
    () => (minute > 0 ? forecast(newest.current.at, newest.current.columns.disk) : undefined),
    [minute],
  );
  return (
    <div className={classes.overview}>
      <RangePicker reach={reach} choose={choose} className={classes.window} />
      <Banner server={server} disks={latest?.disks ?? []} forecast={foretold} />
      <ChartGroup key={reach.id}>
        <div className={classes.grid}>
          {reach.seconds <= HOUR ? (
            <LiveCharts server={server} series={series} window={reach.seconds} />
          ) : (
            <PastCharts server={server} seconds={reach.seconds} newest={series.at.at(-1)} />
          )}
          <div className={`stack ${classes.side}`}>
            <Disks server={server} series={series} latest={latest} forecast={foretold} />
            <System server={server} latest={latest} at={series.at.at(-1)} />
          </div>
        </div>
        <MoreCharts server={server} seconds={reach.seconds} newest={series.at.at(-1)} />
      </ChartGroup>
      <ContainersPanel server={server} />
    </div>
  );
}

function LiveCharts(props: { server: ServerResource; series: LiveSeries; window: number }): React.ReactNode {
  const { server, series, window } = props;
  return <Charts server={server} charted={useLive(server, series)} window={window} loading={!series.ready} />;
}
