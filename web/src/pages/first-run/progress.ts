/** Progress: how far the first steps are, from what is live. Pure. */
import type { Deployment } from "~/api/types";
import { hasJoined } from "~/pages/add-server/join";
import { isUp, type ServerResource } from "~/resources/server/model";

export interface FirstSteps {
  /** No host has joined: there is nothing else to look at. */
  alone: boolean;
  /** The first that joined. */
  joined: ServerResource | undefined;
  /** The first that waits for its host. */
  waiting: ServerResource | undefined;
  /** Of all servers whose Docker has told them; undefined before one has. */
  containers: number | undefined;
  deployed: boolean;
  done: boolean;
}

export function firstSteps(
  servers: Iterable<ServerResource>,
  deployments: Iterable<Pick<Deployment, "info" | "status">>,
): FirstSteps {
  const all = [...servers].sort((a, b) => (a.created < b.created ? -1 : 1));
  const joined = all.find(hasJoined);
  const telling = all.filter((server) => isUp(server) && server.status.docker);
  const deployed = [...deployments].some(isDeployed);
  return {
    alone: joined === undefined,
    joined,
    waiting: all.find((server) => server.status.state === "waiting"),
    containers: telling.length > 0 ? telling.reduce((sum, one) => sum + one.status.containers, 0) : undefined,
    deployed,
    done: joined !== undefined && deployed,
  };
}

function isDeployed({ info, status }: Pick<Deployment, "info" | "status">): boolean {
  return info.deployed !== null || (status.state !== "not_deployed" && status.state !== "unknown");
}
