/** Joined: the host is part of the fleet, what is on it already, and where to go from here. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMe, useTopic } from "~/api/hooks";
import type { Container } from "~/api/types";
import { Shape } from "~/kit/State";
import { plural } from "~/kit/units";
import { isUp, type ServerResource } from "~/resources/server/model";
import classes from "./Joined.module.css";

const SHOWN = 5;

export function Joined({
  server,
  another,
}: {
  server: ServerResource;
  another?: () => void;
}): React.ReactNode {
  const { can } = useMe();
  return (
    <div className="stack" role="status">
      <p className={classes.said}>
        <Shape tone="ok" size={14} />
        <span>
          <b className="strong">{server.name}</b> has joined
          {server.config.address && <> from {server.config.address}</>}.
        </span>
      </p>
      {isUp(server) ? <Here server={server} /> : <p className="muted">Its first figures are on the way.</p>}
      <div className={classes.steps}>
        <Button component={Link} to={`/servers/${server.name}`} variant="filled">
          Open {server.name}
        </Button>
        {can.includes("deployment.create") && (
          <Button component={Link} to="/deployments/new" search={{ "config.server": server.id } as never}>
            Deploy something on it
          </Button>
        )}
        {another && <Button onClick={another}>Add another server</Button>}
      </div>
    </div>
  );
}

/** "4 containers are already here": the first ones by name. */
export function Here({ server }: { server: ServerResource }): React.ReactNode {
  const { items } = useTopic<Container>({ topic: "server.watch_containers", target: server.id });
  const { containers, docker, reason } = server.status;
  if (!docker) return <p className="muted">Its Docker does not answer{reason ? `: ${reason}` : "."}</p>;
  if (containers === 0) return <p className="muted">No container runs here yet.</p>;
  const names = [...items.values()].map((container) => container.name).sort((a, b) => a.localeCompare(b));
  const more = containers - Math.min(names.length, SHOWN);
  return (
    <div>
      <p>
        {containers === 1 ? "Its 1 container is" : `Its ${plural(containers, "container")} are`} already here
        {names.length > 0 && ":"}
      </p>
      {names.length > 0 && (
        <p className={classes.names}>
          {names.slice(0, SHOWN).map((name) => (
            <span key={name} className="mono muted cut">
              {name}
            </span>
          ))}
          <Link className="link" to={`/servers/${server.name}/containers`}>
            {more > 0 ? `and ${more} more` : "Look at them"}
          </Link>
        </p>
      )}
    </div>
  );
}
