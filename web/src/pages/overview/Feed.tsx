/** Feed: what happens, as it happens. */
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useLink } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { ActivityRow } from "~/kit/activity/ActivityRow";
import { Panel } from "~/kit/Panel";
import { useArrived } from "~/kit/stream/useArrived";
import classes from "./Overview.module.css";

const SHOWN = 24;
/** How long an arrival is worth a flash. */
const FRESH = 1600;

export const Feed = memo(function Feed(props: {
  /** Newest first. */
  activities: readonly Activity[];
  scope: string | undefined;
}): React.ReactNode {
  const { activities, scope } = props;
  const arrived = useArrived(activities, true);
  const since = Date.now() - FRESH;
  const lost = useLink().state === "lost";
  return (
    <Panel
      title="Activity"
      note={lost ? undefined : "live"}
      className={classes.feed}
      end={
        <Link to="/activity" className="link small">
          All<span className="unseen"> activity</span>
        </Link>
      }
    >
      {activities.length > 0 && (
        <ul className={classes.entries}>
          {activities.slice(0, SHOWN).map((activity) => (
            <li key={activity.id} className={(arrived.get(activity.id) ?? 0) > since ? "flash" : undefined}>
              <ActivityRow activity={activity} compact />
            </li>
          ))}
        </ul>
      )}
      {activities.length === 0 && (
        <p className={classes.none}>
          {scope ? `Nothing was done lately to ${scope}` : "Nothing was done yet"}
        </p>
      )}
    </Panel>
  );
});
