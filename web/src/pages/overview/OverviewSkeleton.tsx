/** OverviewSkeleton: the overview's boxes in their places, before anything is known. */
import { Skeleton } from "@mantine/core";
import { Panel } from "~/kit/Panel";
import classes from "./Overview.module.css";

const WIDTHS = [72, 54, 80, 62, 46, 68, 58, 76];

export function OverviewSkeleton(): React.ReactNode {
  return (
    <div className={classes.page} role="status" aria-label="Loading the overview">
      <div className={classes.over}>
        <div className={classes.stack}>
          <Box>
            <Lines count={4} height={48} />
          </Box>
          <Box>
            <Block height={128} />
          </Box>
          <div className={classes.three}>
            <Box>
              <Block height={94} />
            </Box>
            <Box>
              <Block height={94} />
            </Box>
            <Box>
              <Block height={94} />
            </Box>
          </div>
          <div className={classes.two}>
            <Box>
              <Lines count={4} height={34} />
            </Box>
            <Box>
              <Lines count={4} height={34} />
            </Box>
          </div>
        </div>
        <Box>
          <Lines count={10} height={52} />
        </Box>
      </div>
    </div>
  );
}

function Box({ children }: { children: React.ReactNode }): React.ReactNode {
  return (
    <Panel className={classes.box}>
      <div className={classes.title}>
        <Skeleton height={10} width={88} />
      </div>
      {children}
    </Panel>
  );
}

function Lines({ count, height }: { count: number; height: number }): React.ReactNode {
  return Array.from({ length: count }, (_, index) => (
    <div key={index} className={classes.line} style={{ height }}>
      <Skeleton height={10} width={10} radius="xl" />
      <Skeleton height={10} width={`${WIDTHS[index % WIDTHS.length]}%`} />
    </div>
  ));
}

function Block({ height }: { height: number }): React.ReactNode {
  return (
    <div className={classes.block} style={{ minHeight: height }}>
      <Skeleton height="100%" />
    </div>
  );
}
