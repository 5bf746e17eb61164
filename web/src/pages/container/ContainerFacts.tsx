/** Facts: where a container runs, what, since when, in one line under its name. */
import { Link } from "@tanstack/react-router";
import { Ports } from "~/kit/Ports";
import { Ago } from "~/kit/time";
import { type Placed, standingOf } from "~/pages/containers/placed";
import { since } from "~/pages/containers/standing";
import type { ServerResource } from "~/resources/server/model";

export function ContainerFacts({ row, server }: { row: Placed; server: ServerResource }): React.ReactNode {
  const { container } = row.told;
  const { reason } = standingOf(row);
  return (
    <>
      <span>
        on{" "}
        <Link className="link" to={`/servers/${server.name}`}>
          {server.name}
        </Link>
      </span>
      <span className="cut" title={container.image}>
        image <span className="mono">{container.image}</span>
      </span>
      {container.project && (
        <span>
          compose project{" "}
          <Link
            className="link"
            to={`/servers/${server.name}/containers`}
            search={{ f: `project:${container.project}` } as never}
          >
            {container.project}
          </Link>
          {container.service && <span className="faint">/{container.service}</span>}
        </span>
      )}
      {container.ports.some((port) => port.host) && (
        <span>
          ports <Ports ports={container.ports} server={row.told.server} />
        </span>
      )}
      <span>
        {container.state === "running" ? "up" : container.state} <Ago at={since(container)} />
      </span>
      <span className="mono faint" title={container.id}>
        {container.id.slice(0, 12)}
      </span>
      {reason && <bdi>{reason}</bdi>}
      <span className="faint">belongs to no deployment</span>
    </>
  );
}
