/** DrawerLacking: what a drawer was opened for is not here yet, or never: absent and forbidden look the same. */
import { Skeleton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ProblemBody } from "~/api/types";
import { IconAction } from "~/kit/activity/IconAction";
import { Notice } from "~/kit/Notice";
import classes from "./DrawerLacking.module.css";

export function DrawerLacking(props: {
  /** `alert` */
  what: string;
  /** Why there may be none. */
  why: string;
  ready: boolean;
  problem: ProblemBody | undefined;
  onClose(): void;
}): React.ReactNode {
  const { what, ready, problem } = props;
  if (!ready)
    return (
      <div className={classes.waiting} aria-busy="true">
        <Skeleton height={22} width="60%" />
        <Skeleton height={14} width="80%" />
        <Skeleton height={180} />
      </div>
    );
  const gone = !problem || problem.status === 404;
  return (
    <div className={classes.lacking}>
      <IconAction label="Close" icon={IconX} onClick={props.onClose} />
      <Notice
        title={gone ? `There is no such ${what}` : `This ${what} cannot be shown`}
        text={gone ? props.why : problem.detail}
        {...(gone ? {} : { tone: "bad" as const })}
      />
    </div>
  );
}
