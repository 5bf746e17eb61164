/** useShown: which part of the samples a chart shows, on what scale, and its figures. */
import { useMemo } from "react";
import type { Range } from "./ChartGroup";
import { NO_LEVELS, NO_STRETCHES } from "./levels";
import type { Mark } from "./mark";
import type { Shown } from "./plot";
import type { TimeChartProps } from "./props";
import { type Scale, scaleFor } from "./scale";
import { type Figures, figuresOf, indexOf } from "./summary";

export interface Seen extends Shown {
  scale: Scale;
  figures: { label: string; figures: Figures | undefined }[];
}

type Asked = Pick<TimeChartProps, "at" | "series" | "unit" | "max" | "window" | "levels" | "stretches">;

export function useShown(
  { at, series, unit, max, window, levels = NO_LEVELS, stretches = NO_STRETCHES }: Asked,
  zoom: Range | undefined,
  marks: readonly Mark[],
  ends: boolean,
): Seen {
  const [first, second] = series;
  return useMemo(() => {
    const asked = { at, series, unit, max, levels, stretches, ...(window !== undefined && { window }) };
    return shownOf(asked, zoom, marks, ends);
  }, [
    at,
    first?.values,
    first?.high,
    second?.values,
    second?.high,
    unit,
    max,
    window,
    zoom,
    marks,
    ends,
    levels,
    stretches,
  ]);
}

/** Of any number of lines. */
export function shownOf(
  { at, series, unit, max, window, levels = NO_LEVELS, stretches = NO_STRETCHES }: Asked,
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
  const highest = Math.max(0, ...tops, ...levels.map(({ value }) => value));
  const scale = scaleFor(unit, highest, max);
  return { at, series, scale, range, marks, levels, stretches, ends: ends && !zoom, figures };
}
