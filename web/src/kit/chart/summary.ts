/** Summary: a chart in words, for who does not see it. */
import { span as inWords } from "~/kit/time";

export interface Figures {
  min: number;
  avg: number;
  max: number;
  /** The newest; null when there is none right now. */
  now: number | null;
}

export type Values = readonly (number | null)[];

/** Over the values of indices `from` to below `to`; undefined when there are none. */
export function figuresOf(values: Values, from = 0, to = values.length): Figures | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let seen = 0;
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    seen += 1;
  }
  return seen === 0 ? undefined : { min, max, avg: sum / seen, now: values[to - 1] ?? null };
}

/** The first index whose instant is not before `time`. */
export function indexOf(at: readonly number[], time: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `CPU over 15 min: now 33.7%, lowest 12.0%, average 30.1%, highest 90.2%.` */
export function inText(
  title: string,
  seconds: number,
  all: readonly { label: string; figures: Figures | undefined }[],
  write: (value: number) => string,
): string {
  const parts = all.map(({ label, figures }) => {
    const name = all.length > 1 ? `${label} ` : "";
    if (!figures) return `${name}no samples`;
    const now = figures.now === null ? "no sample now" : `now ${write(figures.now)}`;
    return `${name}${now}, lowest ${write(figures.min)}, average ${write(figures.avg)}, highest ${write(figures.max)}`;
  });
  return `${title} over ${inWords(seconds)}: ${parts.join("; ")}.`;
}
