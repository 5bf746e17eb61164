/** BuildCount: how many builds the viewer may see are made on a server. */
import { useBuilds } from "~/api/hooks";
import type { Resource } from "~/api/types";
import { builtOn } from "./here";

export function BuildCount({ resource }: { resource: Resource }): React.ReactNode {
  const { items } = useBuilds();
  return builtOn(items.values(), resource.id).length || null;
}
