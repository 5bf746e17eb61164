/** ProcessesTab: which programs of the host use the most cpu and memory now. */
import type { Resource } from "~/api/types";
import { ProcessList } from "~/kit/inside/ProcessList";

const BUSIEST = { column: "cpu", down: true };

export function ProcessesTab({ resource }: { resource: Resource }): React.ReactNode {
  const look = { path: `/servers/${resource.id}/processes` };
  return <ProcessList inside={{ container: "", processes: look }} sort={BUSIEST} />;
}
