/** Mark: something that happened and is drawn on the time line of charts: a deploy, a build, an alert. Pure. */
import type { Range } from "./ChartGroup";

/** Each has a shape of its own: what it is can be seen without its colour. */
export type MarkKind = "deploy" | "build" | "action" | "alert";

export interface Mark {
  /** Seconds since the epoch. */
  at: number;
  /** It lasted from `at` to here; to now where it is still so and this is undefined. */
  until?: number | undefined;
  kind: MarkKind;
  /** Of an alert how grave it is; of anything else whether it failed. */
  tone?: "warn" | "bad" | undefined;
  title: string;
  /** A path, or `?name=value` for something on the same page. */
  href: string;
}

/** Those of which any part lies in the range, newest first; what goes on has no end yet. */
export function within(marks: readonly Mark[], [from, to]: Range): Mark[] {
  return marks
    .filter(({ at, until }) => at <= to && (until === undefined || until >= from))
    .sort((a, b) => b.at - a.at);
}

/** The one nearest to an instant, if it is not further away than `reach` seconds. */
export function nearest(marks: readonly Mark[], time: number, reach: number): Mark | undefined {
  let found: Mark | undefined;
  for (const mark of marks) {
    const away = Math.abs(mark.at - time);
    if (away <= reach && (!found || away < Math.abs(found.at - time))) found = mark;
  }
  return found;
}

/** The search part of an address with what `?name=value` says in it; whatever was in the drawer gives way to it. */
export function withSearch(search: Record<string, unknown>, href: string): Record<string, unknown> {
  const { activity: _, line: __, alert: ___, ...rest } = search;
  return { ...rest, ...Object.fromEntries(new URLSearchParams(href)) };
}
