/** Trend: the last half hour of a server's figures, from core's memory and then from what arrives live. Pure. */
import type { ServerStatus } from "./model";

export type Figure = "cpu" | "memory" | "disk" | "received" | "sent";

/** Points of one figure, oldest first; null is a gap. */
export type Points = readonly (number | null)[];

export type Trend = Readonly<Record<Figure, Points>> & {
  /** Seconds from point to point. */
  readonly step: number;
  /** Number of the newest point, counted in steps since the epoch. */
  readonly at: number;
};

/** As core answers `/servers/-/trends`. */
export type TrendAnswer = Record<Figure, (number | null)[]> & { server: string; step: number };

export const LONGEST = 60;
const STEP = 30;

/** What core answered at `now` (ms). */
export function trendFrom(answer: TrendAnswer, now: number): Trend {
  const points = ofEach((figure) => answer[figure].slice(-LONGEST));
  return { ...points, step: answer.step, at: Math.floor(now / 1000 / answer.step) };
}

/** With the figures a server has at `now` (ms): the newest point is replaced until its time is over. */
export function withStatus(trend: Trend | undefined, status: ServerStatus, now: number): Trend {
  const step = trend?.step ?? STEP;
  const at = Math.floor(now / 1000 / step);
  const passed = trend ? Math.max(0, at - trend.at) : 1;
  const points = ofEach((figure) => grow(trend?.[figure] ?? [], status[figure] ?? null, passed));
  return { ...points, step, at: Math.max(at, trend?.at ?? 0) };
}

/** A status comes only when a figure changed, so a steady one fills the steps that passed without word. */
function grow(points: Points, value: number | null, passed: number): Points {
  const last = points.at(-1) ?? null;
  const kept = passed === 0 ? points.slice(0, -1) : points;
  const quiet = Math.min(Math.max(0, passed - 1), LONGEST);
  return [...kept, ...Array<number | null>(quiet).fill(last), value].slice(-LONGEST);
}

function ofEach(points: (figure: Figure) => Points): Record<Figure, Points> {
  return {
    cpu: points("cpu"),
    memory: points("memory"),
    disk: points("disk"),
    received: points("received"),
    sent: points("sent"),
  };
}
