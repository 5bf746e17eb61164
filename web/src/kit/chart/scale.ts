/** Scale: the top of a chart, its two grid lines, and one unit for every number on it. */
import { digits } from "~/kit/units";

export type Unit = "percent" | "bytes" | "byteRate" | "bits" | "number";

export interface Scale {
  /** The value at the upper edge. */
  top: number;
  /** Where the two grid lines stand. */
  lines: [number, number];
  /** The unit's word, for the chart's head; empty where each number carries it. */
  word: string;
  /** A figure for the head. */
  write(value: number): string;
  /** A label for a grid line. */
  label(value: number): string;
}

interface Measure {
  words: string[];
  /** From one word to the next. */
  step: number;
  /** Values of one unit that are worth a line. */
  nice: number[];
  /** Values are multiplied by this before they are written. */
  times: number;
  /** A chart of nothing but zeros still reaches up to here, in values. */
  least: number;
}

const TEN = [1, 2, 3, 4, 5, 6, 8, 10];
const DECIMAL = [...TEN, ...TEN.map((n) => n * 10), ...TEN.map((n) => n * 100)];
const BINARY = [...new Set([...DECIMAL, 12, 16, 32, 64, 128, 256, 512])].sort((a, b) => a - b);
const IEC = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

const MEASURES: Record<Unit, Measure> = {
  percent: { words: [""], step: 1000, nice: DECIMAL, times: 1, least: 1 },
  number: { words: ["", "k", "M", "G"], step: 1000, nice: DECIMAL, times: 1, least: 1 },
  bytes: { words: IEC, step: 1024, nice: BINARY, times: 1, least: 1024 },
  byteRate: { words: IEC.map((word) => `${word}/s`), step: 1024, nice: BINARY, times: 1, least: 1024 },
  bits: {
    words: ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"],
    step: 1000,
    nice: DECIMAL,
    times: 8,
    least: 125,
  },
};

/** Room above the upper line, as a share of it: a line at the very edge reads like a border. */
const AIR = 1.12;

/** The scale for values up to `highest`; `max` is what a full one is (100 percent, all of a memory). */
export function scaleFor(unit: Unit, highest: number, max?: number): Scale {
  const measure = MEASURES[unit];
  const known = max !== undefined && max > 0;
  const reach = known ? max : Math.max(highest, measure.least);
  const written = reach * measure.times;
  const at = power(known ? written : written / 1.5, measure);
  const size = measure.step ** at;
  const half = written / size / 2;
  const line = (known ? below(half, measure.nice) : above(half / AIR, measure.nice)) * (size / measure.times);
  const figure = (value: number) => digits((value * measure.times) / size);
  return {
    top: known ? Math.max(max * 1.04, highest) : line * 2 * AIR,
    lines: [line, line * 2],
    word: measure.words[at] ?? "",
    write: unit === "percent" ? percentFigure : figure,
    label: (value) => (unit === "percent" ? `${figure(value)}%` : figure(value)),
  };
}

/** One decimal up to a hundred, so that a live figure keeps its width. */
function percentFigure(value: number): string {
  return value >= 99.95 ? `${Math.round(value)}%` : `${value.toFixed(1)}%`;
}

function power(written: number, { step, words }: Measure): number {
  let at = 0;
  for (let size = written; size >= step && at < words.length - 1; size /= step) at += 1;
  return at;
}

/** The smallest worthy number that is not below; of less than one, a worthy part of it. */
function above(least: number, nice: readonly number[]): number {
  if (least <= 0) return 1;
  if (least <= 0.1) return above(least * 10, nice) / 10;
  if (least < 1) return (nice.find((n) => n >= least * 10) ?? 10) / 10;
  return nice.find((n) => n >= least) ?? least;
}

function below(most: number, nice: readonly number[]): number {
  if (most < 1) return most;
  return nice.findLast((n) => n <= most) ?? most;
}
