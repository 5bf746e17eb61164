/** Zoom: the part of time that charts show instead of their own: how it grows, shrinks, moves, and stands in an address. Pure. */
import type { Range } from "./ChartGroup";

/** Core keeps a sample each ten seconds: less than this is no line. */
export const SHORTEST = 60;
const LONGEST = 2 * 366 * 86_400;
/** Of what is seen, for one step to the side. */
const STEP = 0.5;

/** As long as is of use, and no longer than until now. All in seconds. */
export function bounded([from, to]: Range, now: number): Range {
  const length = Math.min(LONGEST, Math.max(SHORTEST, to - from));
  const middle = (from + to) / 2;
  const end = Math.min(now, middle + length / 2);
  return [Math.floor(end - length), Math.floor(end)];
}

/** Half of it around an instant, which keeps its place. */
export function closer([from, to]: Range, at: number, now: number): Range {
  return bounded([at - (at - from) / 2, at + (to - at) / 2], now);
}

/** Twice of it, around its middle. */
export function wider([from, to]: Range, now: number): Range {
  const half = (to - from) / 2;
  return bounded([from - half, to + half], now);
}

/** Half a window earlier or later; as long as before, also where it is stopped at now. */
export function beside([from, to]: Range, direction: 1 | -1, now: number): Range {
  const by = (to - from) * STEP * direction;
  const end = Math.min(now, to + by);
  return [Math.floor(end - (to - from)), Math.floor(end)];
}

/** Of `since=…&until=…`; undefined where these are no times, or in the wrong order. */
export function readZoom(since: string | undefined, until: string | undefined): Range | undefined {
  const [from, to] = [secondsOf(since), secondsOf(until)];
  return from !== undefined && to !== undefined && from < to ? [from, to] : undefined;
}

/** `2026-11-27T07:12:30Z`, in the reader's address as in the API's. */
export function writeTime(seconds: number): string {
  return new Date(Math.round(seconds) * 1000).toISOString().replace(".000", "");
}

function secondsOf(text: string | undefined): number | undefined {
  const time = text ? Date.parse(text) : Number.NaN;
  return Number.isFinite(time) ? time / 1000 : undefined;
}
