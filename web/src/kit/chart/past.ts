/** Past: what core kept of a server or a container, as columns for charts. Pure. */
import type { Schemas } from "~/api/types";
import type { Line } from "./props";
import type { Unit } from "./scale";
import type { Values } from "./summary";

export type PastAnswer = Schemas["Past"];
export type PastSeries = Schemas["PastSeries"];

/** One figure over the time; the band between its least and greatest where a point stands for several samples. */
export interface PastColumn {
  key: string;
  title: string;
  /** Of several things of one kind, which: `/srv` of `disk_used:/srv`. */
  thing: string;
  measure: string;
  unit: PastSeries["unit"];
  values: Values;
  low: Values | undefined;
  high: Values | undefined;
}

export interface PastColumns {
  /** Seconds since the epoch. */
  at: readonly number[];
  step: number;
  columns: ReadonlyMap<string, PastColumn>;
}

const UNFINISHED = 2;
export const NO_PAST: PastColumns = { at: [], step: 0, columns: new Map() };

/** A point stands in the middle of what it covers, so that a week's line does not lag by hours. */
export function columnsOfPast(past: PastAnswer): PastColumns {
  const begin = Date.parse(past.since) / 1000 + (past.resolution === past.step ? 0 : past.step / 2);
  const points = past.points - unfinished(past);
  const at = Array.from({ length: points }, (_, i) => begin + i * past.step);
  const columns = past.series.map((series) => [series.key, columnOf(series, points)] as const);
  return { at, step: past.step, columns: new Map(columns) };
}

/** Points at the end of which nothing is known yet: the one that is being measured, and one on its way. */
function unfinished({ points, series }: PastAnswer): number {
  const known = (point: number) => series.some(({ mean }) => typeof mean[point] === "number");
  let last = points;
  while (last > 0 && points - last < UNFINISHED && !known(last - 1)) last -= 1;
  return points - last;
}

/** Those of one measure, by the thing's name: `disk_used` → `/`, `/srv`. */
export function each(past: PastColumns, measure: string): PastColumn[] {
  return [...past.columns.values()]
    .filter((column) => column.measure === measure && column.thing !== "")
    .sort((a, b) => a.thing.localeCompare(b.thing, undefined, { numeric: true }));
}

/** One value for each instant, of what is not known: the same ones as long as the instants are. */
const GAPS = new WeakMap<readonly number[], Values>();

function gapsOf(at: readonly number[]): Values {
  const gaps = GAPS.get(at) ?? at.map(() => null);
  GAPS.set(at, gaps);
  return gaps;
}

/** A figure as a line of a chart; of one that is not known, nothing but gaps. */
export function lineOf(
  { at, columns }: Pick<PastColumns, "at" | "columns">,
  key: string,
): Pick<Line, "values" | "low" | "high"> {
  const column = columns.get(key);
  return column ? { values: column.values, low: column.low, high: column.high } : { values: gapsOf(at) };
}

/** Those of the figures `keys` of which nothing is known in this time. */
export function lacking({ columns }: Pick<PastColumns, "columns">, keys: readonly string[]): string[] {
  return keys.filter((key) => !columns.get(key)?.values.some((value) => value !== null));
}

/** How a chart writes figures of a unit; a disk that fills up is shown by how full it is. */
export function chartUnit(unit: string): Unit {
  if (unit === "percent" || unit === "hours") return "percent";
  if (unit === "bytes" || unit === "space") return "bytes";
  return unit === "rate" ? "byteRate" : "number";
}

/** Whether anything at all is known. */
export function isEmpty(past: PastColumns): boolean {
  return past.columns.size === 0;
}

function columnOf(series: PastSeries, points: number): PastColumn {
  const colon = series.key.indexOf(":");
  return {
    key: series.key,
    title: series.title,
    thing: colon < 0 ? "" : series.key.slice(colon + 1),
    measure: series.measure,
    unit: series.unit,
    values: series.mean.slice(0, points),
    low: series.least.length > 0 ? series.least.slice(0, points) : undefined,
    high: series.greatest.length > 0 ? series.greatest.slice(0, points) : undefined,
  };
}
