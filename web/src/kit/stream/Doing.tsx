/** Doing: what an open activity is at: its steps as a bar and the one that runs, or what it waits for. */
import { useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { activityDetail } from "~/kit/activity/detail";
import { Progress } from "~/kit/activity/Progress";
import { segments } from "~/kit/activity/progress";
import { useExpected, useFind, useServerName } from "~/kit/activity/useActivity";
import { useSeconds } from "~/kit/activity/useSeconds";
import classes from "./Doing.module.css";

export function Doing({ activity }: { activity: Activity }): React.ReactNode {
  const types = useTypes();
  const detail = activityDetail(activity, types, useFind(), useServerName());
  if (activity.state === "queued")
    return (
      <span className="cut" title={detail}>
        {detail.slice(0, 1).toUpperCase() + detail.slice(1)}
      </span>
    );
  return <Running activity={activity} detail={detail} />;
}

function Running({ activity, detail }: { activity: Activity; detail: string }): React.ReactNode {
  const parts = segments(activity, useExpected(activity), useSeconds(true));
  const at = parts.findIndex((part) => part.state === "now");
  return (
    <span className={classes.doing}>
      {parts.length > 0 && (
        <span className={classes.bar}>
          <Progress activity={activity} parts={parts} />
        </span>
      )}
      <span className="cut">
        {detail}
        {parts.length > 1 && at >= 0 && (
          <span className="faint">
            {" "}
            · step {at + 1} of {parts.length}
          </span>
        )}
      </span>
    </span>
  );
}
