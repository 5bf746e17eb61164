/** ActivityDrawer: one activity to watch, or to look back at: its steps, what each printed, what it changed. */
import { useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { DrawerBox } from "~/kit/DrawerBox";
import { DrawerLacking } from "~/kit/DrawerLacking";
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
        <DrawerLacking
          what="activity"
          why="It may not be yours to see, or the address is wrong."
          ready={ready}
          problem={problem}
          onClose={onClose}
        />
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
