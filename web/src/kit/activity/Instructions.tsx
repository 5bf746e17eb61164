/** Instructions: a build as it goes, a row for each of its Dockerfile's instructions, with how long it took. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Lines } from "~/kit/output/lines";
import { Shape, type Tone } from "~/kit/State";
import { Elapsed, took } from "~/kit/time";
import classes from "./Instructions.module.css";
import { type Instruction, type InstructionState, Instructions as Reader } from "./instructions";

const TONES: Record<InstructionState, Tone> = {
  done: "ok",
  cached: "ok",
  now: "busy",
  failed: "bad",
  stopped: "off",
};
const WORDS: Record<InstructionState, string> = {
  done: "Done",
  cached: "Cached",
  now: "Running",
  failed: "Failed",
  stopped: "Ended",
};

export function Instructions(props: {
  lines: Lines;
  /** How the build itself is: what of it still runs has ended with it. */
  end: InstructionState;
  /** Show the line that names one. */
  onLine(n: number): void;
}): React.ReactNode {
  const { lines } = props;
  useSyncExternalStore(lines.watch, () => lines.version);
  const [reader] = useState(() => new Reader());
  const all = reader.read(lines, props.end);
  const list = useRef<HTMLOListElement>(null);
  const count = all.length;
  useEffect(() => {
    const scroller = list.current;
    if (scroller && count > 0) scroller.scrollTop = scroller.scrollHeight;
  }, [count]);
  if (count === 0) return null;
  return (
    <ol ref={list} className={classes.list} aria-label="Instructions of the Dockerfile">
      {all.map((each) => (
        <li key={each.id} data-instruction={each.state}>
          <button type="button" className={classes.row} onClick={() => props.onLine(each.line)}>
            <Shape tone={TONES[each.state]} size={10} />
            <span className="unseen">{WORDS[each.state]}: </span>
            <span className={classes.place}>{each.place}</span>
            <span className="mono cut" dir="auto" title={each.text}>
              {each.text}
            </span>
            <span className={classes.took}>
              <Took of={each} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Took({ of: { state, seconds, began } }: { of: Instruction }): React.ReactNode {
  if (state === "cached") return "cached";
  if (seconds !== undefined) return took(seconds);
  return state === "now" && began > 0 ? <Elapsed since={new Date(began).toISOString()} /> : null;
}
