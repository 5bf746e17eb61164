/** ActivityHistory: everything done to one resource, newest first, live. */
import { Stream } from "~/kit/stream/Stream";

export function ActivityHistory({ resource }: { resource: string }): React.ReactNode {
  return <Stream resource={resource} />;
}
