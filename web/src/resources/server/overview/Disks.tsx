/** Disks: how full each file system is, and when the fullest will be. */
import { useState } from "react";
import type { LiveSeries } from "~/kit/chart/useSeries";
import { Meter } from "~/kit/Meter";
import { MoreRow } from "~/kit/MoreRow";
import { Panel } from "~/kit/Panel";
import { span } from "~/kit/time";
import { bytes, percent } from "~/kit/units";
import { isUp, type ServerResource } from "../model";
import { diskTone } from "../standing";
import { AsOf } from "./AsOf";
import { lastKnown } from "./away";
import type { Forecast } from "./forecast";
import { type FileSystem, type HostSample, ordered, share } from "./host";
import classes from "./Overview.module.css";

/** More are shown on demand. */
const SHOWN = 4;

export function Disks(props: {
  server: ServerResource;
  series: LiveSeries;
  latest: HostSample | undefined;
  forecast: Forecast | undefined;
}): React.ReactNode {
  const { server, series, latest, forecast } = props;
  const [all, setAll] = useState(false);
  const disks = ordered(latest?.disks ?? []);
  const shown = all ? disks : disks.slice(0, SHOWN);
  const known = lastKnown(series.columns.disk);
  return (
    <Panel
      title="Disks"
      note={isUp(server) ? forecast && "forecast from the last hour" : <AsOf server={server} />}
    >
      <ul data-stale={!isUp(server) || undefined} className={classes.disks}>
        {shown.map((disk) => (
          <Disk
            key={`${disk.mount} ${disk.device}`}
            disk={disk}
            forecast={disk.mount === server.status.fullest ? forecast : undefined}
          />
        ))}
        {disks.length === 0 && (
          <li className={classes.disk}>
            <span className="muted">
              {known !== undefined && !isUp(server)
                ? `The fullest file system was ${percent(known)} full.`
                : series.ready && isUp(server)
                  ? "The first sample is on the way."
                  : "Not known while the host does not answer."}
            </span>
          </li>
        )}
      </ul>
      <MoreRow more={disks.length - SHOWN} all={all} show={setAll} />
    </Panel>
  );
}

function Disk({ disk, forecast }: { disk: FileSystem; forecast: Forecast | undefined }): React.ReactNode {
  const full = share(disk.used, disk.total);
  const tone = diskTone(full);
  return (
    <li className={classes.disk}>
      <div className="row">
        <span className={`mono cut ${classes.mount}`} title={disk.mount}>
          {disk.mount}
        </span>
        <span className="faint small cut grow" title={disk.device}>
          {disk.device.replace(/^\/dev\//, "")}
        </span>
        <span className={classes.level} data-tone={tone}>
          {percent(full)}
        </span>
      </div>
      <Meter value={full} tone={tone} />
      <div className="row small">
        <span className="muted grow cut">
          {bytes(disk.used)} of {bytes(disk.total)}
        </span>
        {forecast && (
          <span
            className={classes.level}
            data-tone={tone}
            title={`+${bytes((forecast.growth / 100) * disk.total)} an hour`}
          >
            full in {span(forecast.left)}
          </span>
        )}
      </div>
    </li>
  );
}
