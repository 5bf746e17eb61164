/** TrayList: what the tray holds: what is open, and what was started or put away here and has ended. */
import { Link } from "@tanstack/react-router";
import type { Activity } from "~/api/types";
import { ActivityRow } from "./ActivityRow";
import classes from "./ActivityTray.module.css";
import { forget } from "./remembered";
import type { Tray } from "./tray";

/** More than this is for the queue's own page. */
const MOST = 8;

export function TrayList({ tray, onChosen }: { tray: Tray; onChosen(): void }): React.ReactNode {
  const { open, ended } = tray;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click, too
    // biome-ignore lint/a11y/noStaticElementInteractions: closes the tray after any of its links
    <div onClick={(event) => event.target instanceof Element && event.target.closest("a") && onChosen()}>
      {open.length === 0 && ended.length === 0 && (
        <p className={classes.none}>Nothing runs. What you start or minimise stands here.</p>
      )}
      {open.length > 0 && <Part title="Open" activities={open} />}
      {ended.length > 0 && (
        <Part
          title="Ended lately"
          activities={ended}
          end={
            <button
              type="button"
              className={classes.clear}
              onClick={() => forget(ended.map((each) => each.id))}
            >
              Clear
            </button>
          }
        />
      )}
      <div className={classes.foot}>
        <Link to="/activity" className="link">
          All activity
        </Link>
        {open.length > MOST && (
          <Link to="/queue" className="link">
            {open.length - MOST} more in the queue
          </Link>
        )}
      </div>
    </div>
  );
}

function Part(props: {
  title: string;
  activities: readonly Activity[];
  end?: React.ReactNode;
}): React.ReactNode {
  return (
    <section aria-label={props.title}>
      <div className={classes.heading}>
        <span>{props.title}</span>
        {props.end}
      </div>
      <ol>
        {props.activities.slice(0, MOST).map((activity) => (
          <li key={activity.id}>
            <ActivityRow activity={activity} compact />
          </li>
        ))}
      </ol>
    </section>
  );
}
