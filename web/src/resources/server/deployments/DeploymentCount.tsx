/** DeploymentCount: how many deployments the viewer may see are kept on a server. */
import { useDeployments } from "~/api/hooks";
import type { Resource } from "~/api/types";
import { countOn } from "./here";

export function DeploymentCount({ resource }: { resource: Resource }): React.ReactNode {
  const { items } = useDeployments();
  return countOn(items.values(), resource.id) || null;
}
