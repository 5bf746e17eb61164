/** Gpus: how busy, full and hot each graphics card is, where there are some. */
import { Meter } from "~/kit/Meter";
import { Panel } from "~/kit/Panel";
import { bytes, percent } from "~/kit/units";
import { isUp, type ServerResource } from "../model";
import { AsOf } from "./AsOf";
import { type Gpu, type HostSample, share } from "./host";
import classes from "./Overview.module.css";

export function Gpus(props: { server: ServerResource; latest: HostSample | undefined }): React.ReactNode {
  const { server, latest } = props;
  const gpus = latest?.gpus ?? [];
  if (gpus.length === 0) return null;
  return (
    <Panel title="GPUs" note={!isUp(server) && <AsOf server={server} />}>
      <ul data-stale={!isUp(server) || undefined} className={classes.disks}>
        {gpus.map((gpu) => (
          <Card key={gpu.name} gpu={gpu} />
        ))}
      </ul>
    </Panel>
  );
}

function Card({ gpu }: { gpu: Gpu }): React.ReactNode {
  return (
    <li className={classes.disk}>
      <div className="row">
        <span className="cut grow" dir="auto" title={gpu.name}>
          {gpu.name}
        </span>
        {gpu.celsius !== null && <span className="muted small">{Math.round(gpu.celsius)} °C</span>}
        {gpu.busy !== null && <span>{percent(gpu.busy)}</span>}
      </div>
      {gpu.busy !== null && <Meter value={gpu.busy} />}
      {gpu.memory_total > 0 && (
        <span className="muted small">
          {bytes(gpu.memory_used)} of {bytes(gpu.memory_total)} memory,{" "}
          {percent(share(gpu.memory_used, gpu.memory_total))}
        </span>
      )}
    </li>
  );
}
