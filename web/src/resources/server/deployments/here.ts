/** Here: which deployments are kept on a server. Pure. */
import type { Deployment, Resource } from "~/api/types";

export function isOn(deployment: Resource | Deployment, server: string): boolean {
  return (deployment as Deployment).config.server === server;
}

export function countOn(deployments: Iterable<Resource | Deployment>, server: string): number {
  let count = 0;
  for (const deployment of deployments) if (isOn(deployment, server)) count += 1;
  return count;
}
