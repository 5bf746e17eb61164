/** ActivityRow: one activity in a stream: how it stands, who did what to what, the detail, its age. Opens the drawer. */
import type { MouseEvent } from "react";
import { isOpen, useServers, useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { Shape } from "~/kit/State";
import { Ago, Elapsed, took } from "~/kit/time";
import classes from "./ActivityRow.module.css";
import { activityDetail, secondsOf } from "./detail";
import { Progress } from "./Progress";
import { segments } from "./progress";
import { activityStanding } from "./standing";
import { deedOf, versionOf, whoOf } from "./title";
import { useExpected, useFind, useServerName } from "./useActivity";
import { useSeconds } from "./useSeconds";

export function ActivityRow(props: {
  activity: Activity;
  /** Two lines, for a narrow column; else one line with its length. */
  compact?: boolean;
  /** Leaves out what it was done to: on that thing's own page. */
  hideTarget?: boolean;
}): React.ReactNode {
  const { activity, compact = false } = props;
  const { activity: shown, open } = useDrawer();
  const types = useTypes();
  const find = useFind();
  const standing = activityStanding(activity);
  const detail = activityDetail(activity, types, find, useServerName());
  const running = activity.state === "running";
  const length = secondsOf(activity);
  return (
    <a
      href={`?activity=${activity.id}`}
      className={classes.row}
      data-row={activity.id}
      data-compact={compact || undefined}
      data-state={standing.tone}
      aria-current={shown === activity.id ? "true" : undefined}
      onClick={(event) => follow(event, () => open(activity.id))}
    >
      <Shape tone={standing.tone} />
      <span className={`${classes.what} cut`}>
        <span className="unseen">{standing.word}: </span>
        <What activity={activity} hideTarget={props.hideTarget ?? false} />
      </span>
      <span className={classes.age}>
        {isOpen(activity) ? (
          <Elapsed since={activity.started ?? activity.created} />
        ) : (
          <Ago at={activity.ended} />
        )}
      </span>
      {running && <Running activity={activity} />}
      {!running && detail && (
        <span className={`${classes.detail} cut`} title={detail} dir="auto">
          {detail}
        </span>
      )}
      {!compact && <span className={classes.length}>{length >= 0.05 ? took(length) : ""}</span>}
    </a>
  );
}

function What({ activity, hideTarget }: { activity: Activity; hideTarget: boolean }): React.ReactNode {
  const types = useTypes();
  const { items: servers } = useServers();
  const { who, what } = activity;
  const self = what !== null && what.id === who.id;
  const version = versionOf(activity);
  const server =
    activity.server && what?.id !== activity.server ? servers.get(activity.server)?.name : undefined;
  return (
    <>
      <span className="muted">{whoOf(activity)}</span> <b>{deedOf(activity, types).toLowerCase()}</b>
      {what && !self && !hideTarget && <span dir="auto"> {what.name}</span>}
      {version && ` ${version}`}
      {server && <span className="muted"> on {server}</span>}
    </>
  );
}

/** The bar and the step it is at, while it runs. */
function Running({ activity }: { activity: Activity }): React.ReactNode {
  const expected = useExpected(activity);
  const types = useTypes();
  const find = useFind();
  const parts = segments(activity, expected, useSeconds(true));
  const at = parts.findIndex((part) => part.state === "now");
  const step = activityDetail(activity, types, find);
  return (
    <span className={classes.running}>
      {parts.length > 0 && <Progress activity={activity} parts={parts} />}
      <span className="cut">
        {step}
        {parts.length > 1 && at >= 0 && ` · step ${at + 1} of ${parts.length}`}
      </span>
    </span>
  );
}

/** A plain click opens the drawer; others go to a new tab, as with any link. */
function follow(event: MouseEvent, open: () => void): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open();
}
