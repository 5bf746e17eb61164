/** Progress: an activity's steps as one bar, cut by how long each is expected to take. */
import { useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import classes from "./Progress.module.css";
import type { Segment } from "./progress";
import { activityTitle } from "./title";

export function Progress({
  activity,
  parts,
}: {
  activity: Activity;
  parts: readonly Segment[];
}): React.ReactNode {
  const types = useTypes();
  const at = parts.findIndex((part) => part.state === "now");
  const done = parts.filter((part) => part.state === "done").length;
  const text = at >= 0 ? `Step ${at + 1} of ${parts.length}` : `${done} of ${parts.length} steps`;
  if (parts.length === 0) return <div className={classes.bar} aria-hidden="true" data-empty />;
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={`Progress of ${activityTitle(activity, types)}`}
      aria-valuemin={0}
      aria-valuemax={parts.length}
      aria-valuenow={done}
      aria-valuetext={text}
    >
      {parts.map((part) => (
        <i
          key={part.name}
          data-part={part.state}
          style={{ flexGrow: part.share, "--filled": part.filled } as React.CSSProperties}
        />
      ))}
    </div>
  );
}
