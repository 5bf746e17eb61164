/** OverviewSkeleton: the overview's boxes in their places, before anything is known. */
import { Skeleton } from "@mantine/core";
import { Panel } from "~/kit/Panel";
import classes from "./Overview.module.css";

export function OverviewSkeleton(): React.ReactNode {
  return (
    <div className={classes.page} role="status" aria-label="Loading the overview">
      <div className={classes.over}>
        <div className={classes.stack}>
          <Box height={210} />
          <Box height={176} />
          <div className={classes.three}>
            <Box height={150} />
            <Box height={150} />
            <Box height={150} />
          </div>
          <div className={classes.two}>
            <Box height={172} />
            <Box height={172} />
          </div>
        </div>
        <Box height={480} />
      </div>
    </div>
  );
}

function Box({ height }: { height: number }): React.ReactNode {
  return (
    <Panel>
      <div className={classes.box} style={{ minHeight: height }}>
        <Skeleton height={12} width={96} />
        <Skeleton className={classes.rest ?? ""} />
      </div>
    </Panel>
  );
}
