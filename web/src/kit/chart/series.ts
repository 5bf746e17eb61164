/** Series: what a server used, from the samples core kept and those that arrive live, as columns for charts. */
import type { PastAnswer } from "./past";

export const NAMES = [
  ...(["cpu", "memory", "memory_used", "memory_total", "load"] as const),
  ...(["received", "sent", "read", "written", "disk"] as const),
];
export type Name = (typeof NAMES)[number];

/** One moment: its figures, and how far from its neighbours it normally lies. */
export type Row = Record<Name, number> & { at: number; step: number };

/** Columns of one length; a row of nulls is a gap. */
export interface Series {
  /** Seconds since the epoch. */
  at: readonly number[];
  columns: Readonly<Record<Name, readonly (number | null)[]>>;
}

/** A sample of the topic `server.usage`, as far as series need it. */
export interface Sample {
  at: string;
  cpu: number;
  load: number[];
  memory_total: number;
  memory_used: number;
  disks: { mount: string; total: number; used: number }[];
  interfaces: { name: string; received: number; sent: number }[];
  disk_io: { name: string; read: number; written: number }[];
}

/** Between samples that arrive while somebody looks. */
const LIVE_STEP = 1;
/** Samples older than this are kept as far apart as core keeps them. */
const FINE = 30 * 60;
/** A hole of more steps than this is a time without samples. */
const HOLE = 2.5;

/** Every kept sample of at most `seconds` before the newest, gaps marked. */
export function seriesOf(recent: readonly Row[], live: readonly Row[], seconds: number): Series {
  const rows = joined(recent, live);
  const oldest = (rows.at(-1)?.at ?? 0) - seconds;
  const at: number[] = [];
  const columns = Object.fromEntries(NAMES.map((name) => [name, [] as (number | null)[]])) as Record<
    Name,
    (number | null)[]
  >;
  let before: Row | undefined;
  for (const row of rows) {
    if (row.at < oldest) continue;
    if (before && row.at - before.at > HOLE * Math.max(before.step, row.step)) {
      at.push(before.at + before.step);
      for (const name of NAMES) columns[name].push(null);
    }
    at.push(row.at);
    for (const name of NAMES) columns[name].push(row[name]);
    before = row;
  }
  return { at, columns };
}

/** Live samples win; kept ones fill the time in which there are none. */
function joined(recent: readonly Row[], live: readonly Row[]): readonly Row[] {
  if (live.length === 0) return recent;
  const found: Row[] = [];
  let i = 0;
  for (const row of live) {
    for (let kept = recent[i]; kept && kept.at < row.at; kept = recent[++i]) {
      const last = found.at(-1);
      const covered = last !== undefined && kept.at - last.at < kept.step;
      if (!covered && row.at - kept.at >= row.step) found.push(kept);
    }
    found.push(row);
  }
  const last = live.at(-1);
  for (const kept of recent.slice(i)) if (!last || kept.at - last.at >= kept.step) found.push(kept);
  return found;
}

/** Live rows with those dropped that left the window, and the old ones as far apart as `step`. */
export function thinned(live: readonly Row[], seconds: number, step: number): Row[] {
  const newest = live.at(-1)?.at ?? 0;
  let last = Number.NEGATIVE_INFINITY;
  return live.flatMap((row) => {
    if (row.at < newest - seconds) return [];
    if (row.at >= newest - FINE) return [row];
    if (row.at - last < step - LIVE_STEP / 2) return [];
    last = row.at;
    return row.step === step ? [row] : [{ ...row, step }];
  });
}

/** What core kept, as rows; where it has nothing there is none. */
export function rowsOf(past: PastAnswer): Row[] {
  const columns = new Map(past.series.map((series) => [series.key, series.mean]));
  const begin = Date.parse(past.since) / 1000;
  const rows: Row[] = [];
  for (let i = 0; i < past.points; i++) {
    if (typeof columns.get("cpu")?.[i] !== "number") continue;
    const figures = NAMES.map((name) => [name, columns.get(name)?.[i] ?? 0]);
    rows.push({ ...Object.fromEntries(figures), at: begin + i * past.step, step: past.step } as Row);
  }
  return rows;
}

/** A live sample as a row; the same sums as core makes for those it keeps. */
export function rowOf(sample: Sample, at: number): Row {
  const real = sample.interfaces.filter(({ name }) => !/^(lo|docker0)$|^(veth|br-)/.test(name));
  const sum = <T>(all: readonly T[], of: (one: T) => number) =>
    all.reduce((total, one) => total + of(one), 0);
  const share = (part: number, whole: number) => (whole > 0 ? (100 * part) / whole : 0);
  return {
    at,
    step: LIVE_STEP,
    cpu: sample.cpu,
    memory: share(sample.memory_used, sample.memory_total),
    memory_used: sample.memory_used,
    memory_total: sample.memory_total,
    load: sample.load[0] ?? 0,
    received: sum(real, (one) => one.received),
    sent: sum(real, (one) => one.sent),
    read: sum(sample.disk_io, (one) => one.read),
    written: sum(sample.disk_io, (one) => one.written),
    disk: Math.max(0, ...sample.disks.map((disk) => share(disk.used, disk.total))),
  };
}

/** How far off two clocks may be before it shows in a chart. */
const SLACK = 10;

/**
 * What to add to the times of a host, which may have its own idea of the time.
 * `expected`: core's time now, as told by its newest kept sample; `now`: this browser's.
 */
export function clockOffset(host: number, expected: number, now: number): number {
  const fits = host >= expected - SLACK && host <= Math.max(expected, now) + SLACK;
  return fits ? 0 : expected - host;
}
