/** Progress: an activity's steps, those to come included, each as wide as it is expected to take. */
import type { Activity, Step } from "~/api/types";
import type { Expected } from "./steps";

export type StepState = "done" | "failed" | "stopped" | "now" | "todo";

export interface Segment {
  name: string;
  state: StepState;
  /** Share of the whole bar. */
  share: number;
  /** How much of it is through, 0 to 1. */
  filled: number;
  step: Step | undefined;
}

/** No step is narrower than this share of the bar. */
const LEAST = 0.05;
/** A step that takes longer than expected never looks ended. */
const ALMOST = 0.96;
/** Seconds a step is taken to need when nobody knows. */
const GUESS = 5;

/**
 * Of the `expected` ones those the activity went past without taking them (an image that was there already) are left
 * out. `now` in milliseconds.
 */
export function segments(activity: Activity, expected: readonly Expected[], now: number): Segment[] {
  const open = activity.state === "queued" || activity.state === "running";
  const known = new Map(expected.map((step) => [step.name, step.seconds]));
  const names = activity.steps.map((step) => step.name);
  const last = Math.max(-1, ...names.map((name) => expected.findIndex((step) => step.name === name)));
  const coming = expected.slice(last + 1).filter((step) => !names.includes(step.name));
  const weights = new Map<string, number>();
  for (const step of activity.steps) {
    weights.set(step.name, step.ended ? seconds(step, now) : (known.get(step.name) ?? GUESS));
  }
  for (const step of coming) weights.set(step.name, known.get(step.name) ?? GUESS);
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const shares = [...weights].map(([name, weight]) => [name, Math.max(LEAST, weight / whole)] as const);
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  return shares.map(([name, share]) => {
    const step = activity.steps.find((each) => each.name === name);
    const state = stateOf(step, open);
    return { name, step, state, share: share / total, filled: filledOf(step, state, known.get(name), now) };
  });
}

/** How much of all is through, 0 to 1. */
export function through(parts: readonly Segment[]): number {
  return parts.reduce((sum, part) => sum + part.share * part.filled, 0);
}

/** How long a step took, or takes by now. */
export function seconds(step: Step, now: number): number {
  const end = step.ended ? Date.parse(step.ended) : now;
  return Math.max(0, (end - Date.parse(step.started)) / 1000);
}

function stateOf(step: Step | undefined, open: boolean): StepState {
  if (!step) return "todo";
  if (step.outcome === "succeeded") return "done";
  if (step.outcome === "failed") return "failed";
  if (step.outcome || !open) return "stopped";
  return "now";
}

function filledOf(
  step: Step | undefined,
  state: StepState,
  expected: number | undefined,
  now: number,
): number {
  if (!step) return 0;
  if (state !== "now") return 1;
  const ran = seconds(step, now);
  return expected ? Math.min(ALMOST, ran / expected) : Math.min(ALMOST, ran / (ran + GUESS));
}
