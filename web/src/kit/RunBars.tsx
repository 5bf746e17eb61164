/** RunBars: how the last runs ended, as bars as high as they took long; each opens its activity. */
import { useRef, useState } from "react";
import { useDrawer } from "~/app/drawer";
import classes from "./RunBars.module.css";
import type { Run } from "./runs";
import { ago, took, useNowText } from "./time";

const SHOWN = 16;
const HEIGHT = 16;
const LEAST = 4;
/** Of one bar with its gap, in pixels. */
const PITCH = 6;

export function RunBars({ runs, what }: { runs: readonly Run[]; what: string }): React.ReactNode {
  const { open } = useDrawer();
  const box = useRef<HTMLButtonElement>(null);
  const [current, setCurrent] = useState<number>();
  const shown = runs.slice(-SHOWN);
  const newest = shown.length - 1;
  const at = Math.min(current ?? newest, newest);
  const run = shown[at];
  const longest = Math.max(...shown.map((each) => each.seconds), 1e-9);
  const said = useNowText((now) => (run ? `${sentence(run, now)}` : ""));
  if (!run) return <span className="faint small">No runs yet</span>;

  /** The bar below a pointer; they are too thin to be buttons of their own. */
  const under = (clientX: number): number => {
    const right = box.current?.getBoundingClientRect().right ?? 0;
    return Math.max(0, Math.min(newest, newest - Math.floor((right - clientX) / PITCH)));
  };

  return (
    <button
      ref={box}
      type="button"
      className={classes.runs}
      title={said}
      aria-label={`Last ${shown.length} runs of ${what}, ${at + 1}: ${said}`}
      onPointerMove={(event) => setCurrent(under(event.clientX))}
      onPointerLeave={() => setCurrent(undefined)}
      onBlur={() => setCurrent(undefined)}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        setCurrent(Math.max(0, Math.min(newest, at + by)));
      }}
      onClick={(event) => {
        // A row that opens on click holds these bars.
        event.stopPropagation();
        const chosen = event.detail > 0 ? shown[under(event.clientX)] : run;
        if (chosen) open(chosen.activity);
      }}
    >
      {shown.map((each, i) => (
        <i
          key={each.activity}
          data-run={each.state}
          data-current={(current !== undefined && i === at) || undefined}
          style={{ height: Math.round(LEAST + (HEIGHT - LEAST) * (each.seconds / longest)) }}
        />
      ))}
    </button>
  );
}

/** `Failed after 38 s, 2 h ago`. */
export function sentence(run: Run, now: number): string {
  const word = run.state.slice(0, 1).toUpperCase() + run.state.slice(1);
  const age = ago((now - Date.parse(run.ended)) / 1000);
  return `${word} after ${took(run.seconds)}, ${age === "now" ? "just now" : `${age} ago`}`;
}
