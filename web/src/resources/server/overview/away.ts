/** Away: a server's series while it does not answer: the time since stays empty, so that its age is seen. Pure. */
import { NAMES, type Series } from "~/kit/chart/series";

/** With an empty moment at `now` (seconds); the same series while it is newer. */
export function untilNow(series: Series, now: number): Series {
  if ((series.at.at(-1) ?? 0) >= now) return series;
  const at = [...series.at, now];
  const columns = Object.fromEntries(NAMES.map((name) => [name, [...series.columns[name], null]]));
  return { at, columns: columns as Record<(typeof NAMES)[number], (number | null)[]> };
}

/** The last figure there was. */
export function lastKnown(values: readonly (number | null)[]): number | undefined {
  return values.findLast((value) => value !== null) ?? undefined;
}
