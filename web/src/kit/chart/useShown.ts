/** useShown: which part of the samples a chart shows, on what scale, and its figures. */
import { useMemo } from "react";
import type { Range } from "./ChartGroup";
import type { Mark } from "./mark";
import type { Shown } from "./plot";
import type { TimeChartProps } from "./props";
import { type Scale, scaleFor } from "./scale";
import { type Figures, figuresOf, indexOf } from "./summary";

export interface Seen extends Shown {
  scale: Scale;
  figures: { label: string; figures: Figures | undefined }[];
}

type Asked = Pick<TimeChartProps, "at" | "series" | "unit" | "max" | "window">;

export function useShown(
  { at, series, unit, max, window }: Asked,
  zoom: Range | undefined,
  marks: readonly Mark[],
  ends: boolean,
): Seen {
  const [first, second] = series;
  return useMemo(
    () => shownOf({ at, series, unit, max, ...(window !== undefined && { window }) }, zoom, marks, ends),
    [at, first?.values, first?.high, second?.values, second?.high, unit, max, window, zoom, marks, ends],
  );
}

/** Of any number of lines. */
export function shownOf(
  { at, series, unit, max, window }: Asked,
  zoom: Range | undefined,
  marks: readonly Mark[],
  ends: boolean,
): Seen {
  const newest = at.at(-1) ?? 0;
  const [from, to] = zoom ?? [window ? newest - window : (at[0] ?? newest - 60), newest];
  const range = [from, to > from ? to : from + 1] as const;
  const ends_ = [indexOf(at, range[0]), indexOf(at, range[1] + 0.001)] as const;
  const figures = series.map(({ label, values }) => ({ label, figures: figuresOf(values, ...ends_) }));
  const tops = series.map(({ values, high }) => figuresOf(high ?? values, ...ends_)?.max ?? 0);
  const highest = Math.max(0, ...tops);
  return { at, series, scale: scaleFor(unit, highest, max), range, marks, ends: ends && !zoom, figures };
}
