/** Overview: how one server is right now: what is wrong, its charts, disks, system and containers. */
import { SegmentedControl } from "@mantine/core";
import { useMemo, useRef } from "react";
import type { Resource } from "~/api/types";
import { useParam } from "~/app/param";
import { type LiveSeries, useSeries } from "~/kit/chart/useSeries";
import { asServer, hasHost, type ServerResource } from "../model";
import { Banner } from "./Banner";
import { Charts } from "./Charts";
import { ContainersPanel } from "./ContainersPanel";
import { Disks } from "./Disks";
import { forecast } from "./forecast";
import type { HostSample } from "./host";
import { NotYet } from "./NotYet";
import classes from "./Overview.module.css";
import { System } from "./System";

export function OverviewTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  return hasHost(server) ? <Overview server={server} /> : <NotYet server={server} />;
}

const QUARTER = 15 * 60;
const HOUR = 3600;

function Overview({ server }: { server: ServerResource }): React.ReactNode {
  const series = useSeries(server.id);
  const latest = series.latest as HostSample | undefined;
  const [window, setWindow] = useWindow(series);
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
      <SegmentedControl
        className={classes.window ?? ""}
        aria-label="How far the charts reach back"
        value={String(window)}
        onChange={setWindow}
        data={[
          { value: String(QUARTER), label: "15 min" },
          { value: String(HOUR), label: "1 h" },
        ]}
      />
      <Banner server={server} disks={latest?.disks ?? []} forecast={foretold} />
      <div className={classes.grid}>
        <Charts server={server} series={series} window={window} loading={!series.ready} />
        <div className={`stack ${classes.side}`}>
          <Disks server={server} series={series} latest={latest} forecast={foretold} />
          <System server={server} latest={latest} at={series.at.at(-1)} />
        </div>
      </div>
      <ContainersPanel server={server} />
    </div>
  );
}

/** As the URL says; else an hour, where core knows more than a quarter of it. */
function useWindow(series: LiveSeries): [number, (to: string) => void] {
  const [chosen, choose] = useParam("window");
  const usual = useRef<number>(undefined);
  if (usual.current === undefined && series.ready) {
    const known = (series.at.at(-1) ?? 0) - (series.at[0] ?? 0);
    usual.current = known > QUARTER + 60 ? HOUR : QUARTER;
  }
  const asked = Number(chosen);
  return [asked === QUARTER || asked === HOUR ? asked : (usual.current ?? HOUR), choose];
}
