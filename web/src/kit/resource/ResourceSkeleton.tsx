/** The shape of a resource page while its first snapshot is on the way. */
import { Skeleton } from "@mantine/core";

export function ResourceSkeleton(): React.ReactNode {
  return (
    <div className="stack" role="status" aria-label="Loading">
      <Skeleton h={28} w={220} />
      <Skeleton h={16} w={420} maw="100%" />
      <Skeleton h={34} />
      <Skeleton h={320} />
    </div>
  );
}
