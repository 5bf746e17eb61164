/** Being written. */
import type { Resource, TypeInfo } from "~/api/types";

export function ActionButtons({ resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  return <div>{resource.can.length}</div>;
}
