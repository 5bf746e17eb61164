/** Being written. */
import type { Resource, TypeInfo } from "~/api/types";

export function GrantsOn({ resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  return <div>{resource.name}</div>;
}
