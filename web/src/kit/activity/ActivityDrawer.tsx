/** ActivityDrawer: one activity to watch, or to look back at: its steps, what each printed, what it changed. */
import { Skeleton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTypes } from "~/api/hooks";
import type { Activity, ProblemBody } from "~/api/types";
import { IconAction } from "~/kit/activity/IconAction";
import { DrawerBox } from "~/kit/DrawerBox";
import { Notice } from "~/kit/Notice";
import classes from "./ActivityDrawer.module.css";
import { leads } from "./batch";
import { Changes } from "./Changes";
import { Children } from "./Children";
import { DrawerFoot } from "./DrawerFoot";
import { DrawerHead } from "./DrawerHead";
import { Failure } from "./Failure";
import { remember } from "./remembered";
import { StepList } from "./StepList";
import { activityTitle } from "./title";
import { useActivity } from "./useActivity";

export interface ActivityDrawerProps {
  id: string;
  /** The output line the address names. */
  line?: number | undefined;
  onClose(): void;
  /** By default it goes to the tray and closes. */
  onMinimise?: (() => void) | undefined;
}

export function ActivityDrawer(props: ActivityDrawerProps): React.ReactNode {
  const { id, onClose } = props;
  const { activity, ready, problem } = useActivity(id);
  const types = useTypes();
  const minimise = () => {
    remember(id);
    (props.onMinimise ?? onClose)();
  };
  const title = activity ? activityTitle(activity, types) : "Activity";
  return (
    <DrawerBox label={title} onClose={onClose}>
      {activity ? (
        <Found activity={activity} title={title} line={props.line} onClose={onClose} onMinimise={minimise} />
      ) : (
        <Lacking ready={ready} problem={problem} onClose={onClose} />
      )}
    </DrawerBox>
  );
}

function Found(props: {
  activity: Activity;
  title: string;
  line: number | undefined;
  onClose(): void;
  onMinimise(): void;
}): React.ReactNode {
  const { activity, title } = props;
  return (
    <>
      <DrawerHead activity={activity} title={title} onClose={props.onClose} />
      <div className={classes.body}>
        <Failure activity={activity} />
        {leads(activity) && <Children parent={activity} />}
        {activity.changes.length > 0 && <Changes activity={activity} />}
        {activity.operation === "build.run" && activity.state === "succeeded" && (
          <Children parent={activity} />
        )}
        <StepList activity={activity} line={props.line} />
      </div>
      <DrawerFoot activity={activity} onClose={props.onClose} onMinimise={props.onMinimise} />
    </>
  );
}

/** Not here yet, or never: absent and forbidden look the same. */
function Lacking(props: {
  ready: boolean;
  problem: ProblemBody | undefined;
  onClose(): void;
}): React.ReactNode {
  const { ready, problem } = props;
  if (!ready) {
    return (
      <div className={classes.waiting} aria-busy="true">
        <Skeleton height={22} width="60%" />
        <Skeleton height={14} width="80%" />
        <Skeleton height={180} />
      </div>
    );
  }
  const gone = !problem || problem.status === 404;
  return (
    <div className={classes.lacking}>
      <IconAction label="Close" icon={IconX} onClick={props.onClose} />
      <Notice
        title={gone ? "There is no such activity" : "This activity cannot be shown"}
        text={gone ? "It may not be yours to see, or the address is wrong." : problem.detail}
        {...(gone ? {} : { tone: "bad" as const })}
      />
    </div>
  );
}
