/** ProcessesTab: which programs of the host use the most cpu and memory. */
import type { Resource } from "~/api/types";
import { LiveProcesses } from "~/kit/inside/LiveProcesses";

export function ProcessesTab({ resource }: { resource: Resource }): React.ReactNode {
  return <LiveProcesses of={{ topic: "server.top", target: resource.id }} />;
}
