/** The shape of a resource page while its first snapshot is on the way: what the URL says stands there at once. */
import { Skeleton } from "@mantine/core";
import type { TypeInfo } from "~/api/types";
import classes from "./ResourcePage.module.css";
import { ResourceWhere } from "./ResourceWhere";

export function ResourceSkeleton({ type, name }: { type: TypeInfo; name: string }): React.ReactNode {
  return (
    <>
      <ResourceWhere type={type} name={name} />
      <h1 className={classes.name}>{name}</h1>
      <div className="stack" role="status" aria-label="Loading">
        <Skeleton h={16} w={420} maw="100%" mt={8} />
        <Skeleton h={34} />
        <Skeleton h={320} />
      </div>
    </>
  );
}
