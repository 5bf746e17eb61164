/** Figures: samples of one container's use as columns for charts. Pure. */
import type { ContainerUsage } from "./inside";

/** Seconds that charts reach back while somebody looks. */
export const WINDOW = 300;
/** Between two samples lies a second; more than this is a time without any. */
const HOLE = 3.5;

export const FIGURES = ["cpu", "memory", "receiving", "sending", "reading", "writing", "pids"] as const;
type Figure = (typeof FIGURES)[number];

export interface FigureColumns {
  /** Seconds since the epoch. */
  at: readonly number[];
  columns: Readonly<Record<Figure, readonly (number | null)[]>>;
}

/** The samples with one more, without those that are too old; the same again is none. */
export function grown(samples: readonly ContainerUsage[], sample: ContainerUsage): readonly ContainerUsage[] {
  const last = samples.at(-1);
  const at = Date.parse(sample.at);
  if (last && at <= Date.parse(last.at)) return samples;
  const from = samples.findIndex((each) => Date.parse(each.at) >= at - WINDOW * 1000);
  return [...(from < 0 ? [] : samples.slice(from)), sample];
}

/** Columns of one length; a time without samples is a gap. */
export function columnsOf(samples: readonly ContainerUsage[]): FigureColumns {
  const at: number[] = [];
  const columns = Object.fromEntries(FIGURES.map((name) => [name, [] as (number | null)[]])) as Record<
    Figure,
    (number | null)[]
  >;
  for (const sample of samples) {
    const time = Date.parse(sample.at) / 1000;
    const before = at.at(-1);
    if (before !== undefined && time - before > HOLE) {
      at.push(before + 1);
      for (const name of FIGURES) columns[name].push(null);
    }
    at.push(time);
    for (const name of FIGURES) columns[name].push(sample[name]);
  }
  return { at, columns };
}
