/** Docker: what images, volumes, the build cache and containers take of the disk, as it was counted last. */
import { Link } from "@tanstack/react-router";
import { Meter } from "~/kit/Meter";
import { Panel } from "~/kit/Panel";
import { Ago } from "~/kit/time";
import { bytes } from "~/kit/units";
import { isUp, type ServerResource } from "../model";
import { type HostSample, share } from "./host";
import classes from "./Overview.module.css";

/** Nothing is shown until it was counted: a new periphery counts after a minute. */
export function Docker(props: { server: ServerResource; latest: HostSample | undefined }): React.ReactNode {
  const { server, latest } = props;
  const used = latest?.docker_use;
  if (!used) return null;
  const parts: [name: string, taken: number][] = [
    ["Images", used.images],
    ["Volumes", used.volumes],
    ["Build cache", used.build_cache],
    ["Containers", used.containers],
  ];
  const all = parts.reduce((sum, [, taken]) => sum + taken, 0);
  return (
    <Panel
      title="Docker's disk use"
      note={
        <>
          counted <Ago at={used.at} suffix=" ago" />
        </>
      }
      end={
        <Link className="link" to={`/servers/${server.name}/clean-up`}>
          Clean up
        </Link>
      }
    >
      <ul data-stale={!isUp(server) || undefined} className={classes.disks}>
        {parts.map(([name, taken]) => (
          <li key={name} className={classes.part}>
            <span className="muted">{name}</span>
            <Meter value={share(taken, all)} />
            <span className={classes.size}>{bytes(taken)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
