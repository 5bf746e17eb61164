/** QueueRow: one activity that runs or waits: its place in the line, what it is at, since when, the way to end it. */
import { useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { activityStanding } from "~/kit/activity/standing";
import { activityTitle, whoOf } from "~/kit/activity/title";
import { ordinal } from "~/kit/activity/turn";
import { State } from "~/kit/State";
import { Doing } from "~/kit/stream/Doing";
import { Elapsed, exact } from "~/kit/time";
import { CancelButton } from "./CancelButton";
import classes from "./Queue.module.css";

export function QueueRow(props: {
  activity: Activity;
  /** 1 is next; undefined for what runs. */
  place: number | undefined;
}): React.ReactNode {
  const { activity, place } = props;
  const types = useTypes();
  const drawer = useDrawer();
  const standing = activityStanding(activity);
  const { id, started, created } = activity;
  return (
    <li className={classes.row} data-row={id} aria-current={drawer.activity === id ? "true" : undefined}>
      <span className={classes.state}>
        <State
          {...standing}
          word={place === undefined ? standing.word : placeOf(activity.turn?.place ?? place)}
        />
      </span>
      <a
        href={`?activity=${id}`}
        className={`${classes.what} cut`}
        onClick={(event) => {
          if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          drawer.open(id);
        }}
      >
        <span className="strong">{activityTitle(activity, types)}</span>{" "}
        <span className="faint">by {whoOf(activity)}</span>
      </a>
      <span className={classes.doing}>
        <Doing activity={activity} />
      </span>
      <span className={classes.age} title={`Since ${exact(started ?? created)}`}>
        <Elapsed since={started ?? created} />
      </span>
      <span className={classes.act}>
        <CancelButton activity={activity} />
      </span>
    </li>
  );
}

function placeOf(place: number): string {
  return place === 1 ? "Next" : `${ordinal(place)} in line`;
}
