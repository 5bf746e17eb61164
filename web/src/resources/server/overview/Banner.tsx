/** Banner: what is wrong with a server, since when, why, and what to do. */
import { Link } from "@tanstack/react-router";
import { Shape, type Tone } from "~/kit/State";
import { exact, span, useNowText } from "~/kit/time";
import { bytes, percent } from "~/kit/units";
import { isDockerSilent, type ServerResource } from "../model";
import { diskTone } from "../standing";
import classes from "./Banner.module.css";
import type { Forecast } from "./forecast";
import type { FileSystem } from "./host";

export function Banner(props: {
  server: ServerResource;
  disks: readonly FileSystem[];
  forecast: Forecast | undefined;
}): React.ReactNode {
  const { server, disks, forecast } = props;
  if (server.status.state === "down") return <Down server={server} />;
  if (isDockerSilent(server)) return <Silent server={server} />;
  const tone = diskTone(server.status.disk);
  return tone ? <Full server={server} disks={disks} forecast={forecast} tone={tone} /> : null;
}

function Down({ server }: { server: ServerResource }): React.ReactNode {
  const { reason, since } = server.status;
  const { address, port } = server.config;
  return (
    <Note tone="bad" title={`${server.name} has not answered`} since={since} raw={reason}>
      Look whether the machine runs, whether <code>systemctl status monitor-periphery</code> is well there,
      and whether core reaches {address || "it"} on port {port}. What you see is as it was last known.{" "}
      {server.can.includes("server.join_token") && (
        <Link className="link" to="/servers/add" search={{ server: server.name }}>
          Join it again
        </Link>
      )}
    </Note>
  );
}

function Silent({ server }: { server: ServerResource }): React.ReactNode {
  const { reason, since } = server.status;
  return (
    <Note tone="bad" title={`Docker on ${server.name} has not answered`} since={since} raw={reason}>
      Containers are shown as they were then; nothing can be deployed or built here. On the host,{" "}
      <code>systemctl status docker</code> says more.
    </Note>
  );
}

function Full(props: {
  server: ServerResource;
  disks: readonly FileSystem[];
  forecast: Forecast | undefined;
  tone: Tone;
}): React.ReactNode {
  const { server, disks, forecast, tone } = props;
  const { fullest, disk } = server.status;
  const found = disks.find((each) => each.mount === fullest);
  const left = found && `${bytes(found.total - found.used)} of ${bytes(found.total)} left. `;
  const title = forecast
    ? `${fullest} is full in about ${span(forecast.left)}`
    : `${fullest || "A file system"} is ${percent(disk ?? 0)} full`;
  return (
    <Note tone={tone} title={title}>
      {left}
      {forecast && found && `+${bytes((forecast.growth / 100) * found.total)} an hour. `}
      On the host, <code>docker system df</code> says what images, build cache and volumes take.
    </Note>
  );
}

function Note(props: {
  tone: Tone;
  title: string;
  since?: string | null;
  /** What a machine said. */
  raw?: string;
  children: React.ReactNode;
}): React.ReactNode {
  const { tone, title, since, raw, children } = props;
  return (
    <div className={classes.banner} data-state={tone} role="status">
      <Shape tone={tone} />
      <div className={classes.text}>
        <b>{title}</b>
        {since && (
          <time dateTime={since} title={`Since ${exact(since)}`}>
            for <For since={since} />
          </time>
        )}
        {raw && (
          <span className="mono" dir="auto">
            {raw}
          </span>
        )}
        <span className="muted">{children}</span>
      </div>
    </div>
  );
}

function For({ since }: { since: string }): React.ReactNode {
  return useNowText((now) => span((now - Date.parse(since)) / 1000));
}
