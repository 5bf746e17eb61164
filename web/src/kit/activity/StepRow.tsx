/** StepRow: one step with its duration, and below it, when open, what it printed. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { isOpen, useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { plain } from "~/kit/output/control";
import { wholeOutput } from "~/kit/output/download";
import type { Feed } from "~/kit/output/feed";
import type { Lines } from "~/kit/output/lines";
import { Output } from "~/kit/output/Output";
import { Shape, type Tone } from "~/kit/State";
import { Elapsed, took } from "~/kit/time";
import { Instructions } from "./Instructions";
import type { InstructionState } from "./instructions";
import { Layers } from "./Layers";
import { type Segment, type StepState, seconds } from "./progress";
import classes from "./StepList.module.css";
import { stepTitle } from "./steps";

/** Steps in which layers of an image go somewhere. */
const MOVES = new Set(["pull", "push"]);

export const STEP_TONES: Record<StepState, Tone> = {
  done: "ok",
  failed: "bad",
  stopped: "off",
  now: "busy",
  todo: "off",
};
export const STEP_WORDS: Record<StepState, string> = {
  done: "Succeeded",
  failed: "Failed",
  stopped: "Ended",
  now: "Running",
  todo: "To come",
};

/** As what its instructions that have not ended are shown. */
const ENDS: Record<StepState, InstructionState> = {
  done: "done",
  failed: "failed",
  stopped: "stopped",
  now: "now",
  todo: "stopped",
};

export function StepRow(props: {
  activity: Activity;
  part: Pick<Segment, "name" | "state" | "step">;
  lines: Lines | undefined;
  feed: Feed;
  open: boolean;
  onFold(open: boolean): void;
  line: number | undefined;
}): React.ReactNode {
  const { activity, part, lines } = props;
  const title = stepTitle(useTypes(), activity.operation, part.name);
  const foldable = lines !== undefined || part.state === "now";
  const open = props.open && foldable;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const content = (
    <>
      <Shape tone={STEP_TONES[part.state]} size={14} />
      <span className="cut">
        <span className="unseen">
          {part.state === "todo" && !isOpen(activity) ? "Not reached" : STEP_WORDS[part.state]}:{" "}
        </span>
        <span className={part.state === "now" ? "strong" : undefined}>{title}</span>
        {!open && lines && <Said lines={lines} />}
      </span>
      <span className={classes.took}>
        <Took part={part} />
      </span>
      {foldable && <Chevron size={14} stroke={1.5} aria-hidden="true" />}
    </>
  );
  return (
    <li
      className={classes.item}
      data-open={(open && lines !== undefined) || undefined}
      data-part={part.state}
    >
      {foldable ? (
        <button
          type="button"
          className={classes.step}
          aria-expanded={open}
          onClick={() => props.onFold(!open)}
        >
          {content}
        </button>
      ) : (
        <div className={classes.step}>{content}</div>
      )}
      {open && <Printed {...props} title={title} />}
    </li>
  );
}

function Printed(props: Parameters<typeof StepRow>[0] & { title: string }): React.ReactNode {
  const { activity, part, lines, feed, title } = props;
  const drawer = useDrawer();
  if (!lines) return <p className={classes.silent}>Nothing printed yet</p>;
  const more = part.state === "now" || part.name === "";
  return (
    <>
      {MOVES.has(part.name) && part.state === "now" && <Layers lines={lines} />}
      {part.name === "build" && (
        <Instructions lines={lines} end={ENDS[part.state]} onLine={(n) => drawer.open(activity.id, n)} />
      )}
      <Output
        className={classes.output}
        source={{
          lines,
          state: feed.state === "open" && !more ? "ended" : feed.state,
          problem: feed.problem,
        }}
        label={`Output of “${title}”`}
        line={props.line}
        onLine={(n) => drawer.open(activity.id, n)}
        name={`${activity.what?.name ?? activity.operation}-${part.name || "output"}`}
        whole={lines.dropped > 0 ? () => wholeOutput(activity.id) : undefined}
        brief
      />
    </>
  );
}

/** What Monitor itself said last of a step, beside its name. */
function Said({ lines }: { lines: Lines }): React.ReactNode {
  for (let at = lines.end - 1; at >= lines.dropped && at > lines.end - 20; at--) {
    const line = lines.at(at);
    if (line?.stream === "note" && line.width > 0) {
      return (
        <span className="faint small" dir="auto">
          {" "}
          {plain(line.text)}
        </span>
      );
    }
  }
  return null;
}

function Took({ part: { state, step } }: { part: Pick<Segment, "state" | "step"> }): React.ReactNode {
  if (!step) return null;
  if (state === "now") return <Elapsed since={step.started} />;
  return step.ended ? took(seconds(step, 0)) : null;
}
