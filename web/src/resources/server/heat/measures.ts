/** Measures of the fleet's heat: what a cell is shaded by, how much of the shade a figure gets, and its words. Pure. */
import { bits, percent } from "~/kit/units";
import type { ServerStatus } from "../model";
import type { Points, Trend } from "../trends";

export interface Measure {
  /** As the address says it; also the column to sort by. */
  id: string;
  label: string;
  /** Null where the host does not tell it. */
  of(status: ServerStatus): number | null;
  /** Its last half hour, as far as core tells that of all servers. */
  trend?(trend: Trend): Points;
  /** 0 to 100. */
  share(figure: number): number;
  write(figure: number): string;
  /** What no shade and the full one mean. */
  ends: readonly [string, string];
}

const COLD = 30;
const HOT = 95;
/** Powers of ten, in bit/s: rates differ by orders, so each gets the same part of the shade. */
const [SLOW, FAST] = [4, 10];

const share = (figure: number) => within(figure, 0, 100);
const FULL = ["0", "100%"] as const;

export const MEASURES: readonly Measure[] = [
  {
    id: "cpu",
    label: "CPU",
    of: ({ cpu }) => cpu,
    trend: ({ cpu }) => cpu,
    share,
    write: percent,
    ends: FULL,
  },
  {
    id: "memory",
    label: "Memory",
    of: ({ memory }) => memory,
    trend: ({ memory }) => memory,
    share,
    write: percent,
    ends: FULL,
  },
  {
    id: "disk",
    label: "Disk",
    of: ({ disk }) => disk,
    trend: ({ disk }) => disk,
    share,
    write: percent,
    ends: FULL,
  },
  {
    id: "load",
    label: "Load per core",
    of: loadOfCore,
    share: (load) => within(load, 0, 1),
    write: (load) => load.toFixed(2),
    ends: ["0", "1 and more"],
  },
  {
    id: "temperature",
    label: "Temperature",
    of: ({ temperature }) => temperature,
    share: (celsius) => within(celsius, COLD, HOT),
    write: (celsius) => `${Math.round(celsius)} °C`,
    ends: [`${COLD} °C`, `${HOT} °C`],
  },
  {
    id: "network",
    label: "Network",
    of: ({ received, sent }) => (received === null || sent === null ? null : received + sent),
    trend: ({ received, sent }) => received.map((rate, i) => (rate === null ? null : rate + (sent[i] ?? 0))),
    share: (bytes) => within(Math.log10(Math.max(1, bytes * 8)), SLOW, FAST),
    write: bits,
    ends: [bits(10 ** SLOW / 8), bits(10 ** FAST / 8)],
  },
];

export function measureOf(id: string | undefined): Measure {
  return MEASURES.find((measure) => measure.id === id) ?? (MEASURES[0] as Measure);
}

/** One task on each core all the time is 1. */
export function loadOfCore({ load, cores }: ServerStatus): number | null {
  return load === null || !cores ? null : load / cores;
}

function within(figure: number, low: number, high: number): number {
  return Math.min(100, Math.max(0, (100 * (figure - low)) / (high - low)));
}
