/** Inside: where one container's insides are asked for: through its deployment, or through the server it runs on. */
import type { Topic } from "~/api/live";
import type { Schemas } from "~/api/types";
import type { Where } from "~/kit/chart/useOver";
import type { PastOf } from "~/kit/chart/usePast";

export type ContainerFigures = Schemas["ContainerFigures"];
export type ContainerUsage = Schemas["ContainerUsage"];
export type Process = Schemas["Process"];
export type FileChange = Schemas["FileChange"];
export type FileChanges = Schemas["FileChanges"];

export interface Inside {
  /** What it is called on its page. */
  name: string;
  /** Changes when another container takes its place: what was asked of the old one is asked anew. */
  container: string;
  figures: Topic;
  past: PastOf;
  /** Whose activities are marked on its charts. */
  happened: Where;
  /** Of a container of no deployment: what was done to others on its server, and their alerts, are none of its. */
  only?: string;
  inspect: Look;
  processes: Topic;
  changes: Look;
}

/** One question: its path below /api, and its parameters. */
export interface Look {
  path: string;
  query?: Record<string, string>;
}

export function ofDeployment(deployment: { id: string; name: string }, container: string): Inside {
  const look = (verb: string): Look => ({ path: `/deployments/${deployment.id}/${verb}` });
  return {
    name: deployment.name,
    container,
    figures: { topic: "deployment.stats", target: deployment.id },
    past: { path: `/deployments/${deployment.id}/usage_history` },
    happened: { resource: deployment.id },
    inspect: look("inspect"),
    processes: { topic: "deployment.top", target: deployment.id },
    changes: look("changes"),
  };
}

/** By its name: a container that is made anew under it is the same to people. */
export function ofServer(server: { id: string }, name: string, container: string): Inside {
  const look = (verb: string): Look => ({
    path: `/servers/${server.id}/${verb}`,
    query: { container: name },
  });
  return {
    name,
    container,
    figures: { topic: "server.container_stats", target: server.id, container: name },
    past: { path: `/servers/${server.id}/container_usage_history`, query: { container: name } },
    happened: { resource: server.id },
    only: name,
    inspect: look("inspect_container"),
    processes: { topic: "server.container_top", target: server.id, container: name },
    changes: look("container_changes"),
  };
}
