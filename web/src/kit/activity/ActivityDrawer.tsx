/** ActivityDrawer: one activity to watch, or to look back at: its steps, what each printed, what it changed. */
import { FocusTrap, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTypes } from "~/api/hooks";
import type { Activity, ProblemBody } from "~/api/types";
import { IconAction } from "~/kit/activity/IconAction";
import { Notice } from "~/kit/Notice";
import classes from "./ActivityDrawer.module.css";
import { leads } from "./batch";
import { Changes } from "./Changes";
import { Children } from "./Children";
import { DrawerFoot } from "./DrawerFoot";
import { DrawerHead } from "./DrawerHead";
import { DRAWER_DOCKS, DRAWER_FILLS } from "./docks";
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
  const docks = useMediaQuery(DRAWER_DOCKS, true, { getInitialValueInEffect: false });
  const fills = useMediaQuery(DRAWER_FILLS, false, { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  useFocusOver(box, !docks);
  const minimise = () => {
    remember(id);
    (props.onMinimise ?? onClose)();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  const title = activity ? activityTitle(activity, types) : "Activity";
  // Beside the page it is a part of it; over the page a dialog, and modal where it hides all else.
  const part = {
    "aria-label": title,
    ...(docks ? { role: "complementary" } : { role: "dialog", "aria-modal": fills }),
  };
  return (
    <FocusTrap active={fills} innerRef={box}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from anywhere inside */}
      <div ref={box} className={classes.drawer} {...part} tabIndex={-1} onKeyDown={onKeyDown}>
        {activity ? (
          <Found
            activity={activity}
            title={title}
            line={props.line}
            onClose={onClose}
            onMinimise={minimise}
          />
        ) : (
          <Lacking ready={ready} problem={problem} onClose={onClose} />
        )}
      </div>
    </FocusTrap>
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

/** A drawer over the page takes the focus when it opens and gives it back when it goes. */
function useFocusOver(box: React.RefObject<HTMLElement | null>, over: boolean): void {
  useEffect(() => {
    if (!over) return;
    const before = document.activeElement;
    box.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [box, over]);
}
