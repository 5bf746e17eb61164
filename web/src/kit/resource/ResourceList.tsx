/** Being written. */
import type { TypeInfo } from "~/api/types";

export function ResourceList({ type }: { type: TypeInfo }): React.ReactNode {
  return <div>{type.title}</div>;
}
