/** StreamRow: one entry of the record: how it stands, who did what to what, how it came out, how long, when. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type MouseEvent, memo } from "react";
import { isOpen, useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { Changes } from "~/kit/activity/Changes";
import { activityDetail, secondsOf } from "~/kit/activity/detail";
import { activityStanding } from "~/kit/activity/standing";
import { deedOf, versionOf, whoOf } from "~/kit/activity/title";
import { useFind } from "~/kit/activity/useActivity";
import { Shape } from "~/kit/State";
import { Ago, Elapsed, exact, took } from "~/kit/time";
import { Doing } from "./Doing";
import { hourOf } from "./days";
import { behind, changesOf, outcomeOf } from "./outcome";
import classes from "./StreamRow.module.css";

export interface StreamRowProps {
  activity: Activity;
  /** Leaves out what it was done to: on that thing's own page. */
  own: boolean;
  /** Of the viewer's today: shown with its age instead of the hour. */
  today: boolean;
  /** Its changes are in sight. */
  unfolded: boolean;
  flash: number | undefined;
  tabbable: boolean;
  onFold(id: string): void;
  onOpen(id: string): void;
}

export const StreamRow = memo(function StreamRow(props: StreamRowProps): React.ReactNode {
  const { activity, unfolded, tabbable } = props;
  const { id, who, origin, changes } = activity;
  const standing = activityStanding(activity);
  const tab = tabbable ? 0 : -1;
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    props.onOpen(id);
  };
  return (
    <>
      {props.flash !== undefined && (
        <span key={props.flash} className={`${classes.flash} flash`} aria-hidden="true" />
      )}
      <div role="gridcell" className={classes.state} data-state={standing.tone} title={standing.word}>
        <Shape tone={standing.tone} />
        <span className="unseen">{standing.word}</span>
      </div>
      <div role="gridcell" className={`${classes.who} cut`} title={`${whoOf(activity)}, over ${origin}`}>
        {who.name || who.kind} {origin !== "ui" && <span className="faint small">{origin}</span>}
      </div>
      <div role="gridcell" className={`${classes.what} cut`}>
        <a href={`?activity=${id}`} className="cut" onClick={open} tabIndex={tab} data-open>
          <What activity={activity} own={props.own} />
        </a>
      </div>
      <div role="gridcell" className={classes.outcome} data-tone={standing.tone}>
        {isOpen(activity) ? (
          <Doing activity={activity} />
        ) : (
          <Outcome activity={activity} word={standing.word} />
        )}
        {changes.length > 0 && (
          <button
            type="button"
            className={classes.fold}
            aria-expanded={unfolded}
            tabIndex={tab}
            onClick={() => props.onFold(id)}
          >
            <Changed activity={activity} />
            {unfolded ? (
              <IconChevronDown size={14} stroke={1.5} aria-hidden="true" />
            ) : (
              <IconChevronRight size={14} stroke={1.5} aria-hidden="true" />
            )}
          </button>
        )}
      </div>
      <div role="gridcell" className={classes.took}>
        <Took activity={activity} />
      </div>
      <div role="gridcell" className={classes.when}>
        {props.today ? (
          <Ago at={activity.created} />
        ) : (
          <time dateTime={activity.created} title={exact(activity.created)}>
            {hourOf(activity.created)}
          </time>
        )}
      </div>
      {unfolded && (
        <div role="gridcell" className={classes.changes} data-part="changes">
          <Changes activity={activity} />
        </div>
      )}
    </>
  );
});

function What({ activity, own }: { activity: Activity; own: boolean }): React.ReactNode {
  const types = useTypes();
  const { who, what } = activity;
  const self = what !== null && what.id === who.id;
  const version = versionOf(activity);
  const verb = deedOf(activity, types);
  return (
    <>
      <span className={classes.by}>{whoOf(activity)} </span>
      <b className="strong">{verb}</b>
      {what && !self && !own && <bdi> {what.name}</bdi>}
      {own && / (to|of|from|for)$/.test(verb) && " it"}
      {version && <span className="muted"> {version}</span>}
    </>
  );
}

function Outcome({ activity, word }: { activity: Activity; word: string }): React.ReactNode {
  const text = outcomeOf(activity);
  const told = activity.state !== "succeeded";
  if (!told && !text) return null;
  return (
    <span className="cut" title={text} dir="auto">
      {told && <b>{word} </b>}
      {told ? behind(word, text) : text}
    </span>
  );
}

function Changed({ activity }: { activity: Activity }): React.ReactNode {
  const types = useTypes();
  const find = useFind();
  const text = changesOf(activity, (edit) => activityDetail(edit, types, find));
  return (
    <span className="cut" title={text}>
      {text}
    </span>
  );
}

function Took({ activity }: { activity: Activity }): React.ReactNode {
  if (isOpen(activity)) return <Elapsed since={activity.started ?? activity.created} />;
  const seconds = secondsOf(activity);
  return seconds >= 0.05 ? took(seconds) : null;
}
