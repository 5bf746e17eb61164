/** Fleet: what all servers together used over the last half hour. Pure. */
import type { ServerResource } from "~/resources/server/model";
import { isUp } from "~/resources/server/model";
import { LONGEST, type Points, type Trend } from "~/resources/server/trends";

export interface FleetUse {
  /** Seconds since the epoch. */
  at: number[];
  /** Percent of all cores, of all memory. */
  cpu: (number | null)[];
  memory: (number | null)[];
  /** Bytes a second, in and out. */
  network: (number | null)[];
  cores: number;
  memoryTotal: number;
}

/** Fewer than this share of the fleet say nothing about it. */
const ENOUGH = 0.5;

export function fleetUse(servers: readonly ServerResource[], trends: ReadonlyMap<string, Trend>): FleetUse {
  const told = servers.flatMap((server) => {
    const trend = trends.get(server.id);
    return trend ? [{ server, trend }] : [];
  });
  const newest = Math.max(0, ...told.map(({ trend }) => trend.at));
  const step = told[0]?.trend.step ?? 0;
  const cores = sum(servers, (server) => server.status.cores ?? 0);
  const memoryTotal = sum(servers, (server) => server.status.memory_total ?? 0);
  const each = (
    figure: (trend: Trend) => Points,
    weight: (server: ServerResource) => number,
    whole: number,
  ) =>
    summed(
      told.map(({ server, trend }) => ({
        points: placed(figure(trend), newest - trend.at, isUp(server)),
        weight: weight(server),
      })),
      whole,
    );
  const network = (trend: Trend) => trend.received.map((value, i) => plus(value, trend.sent[i] ?? null));
  const count = told.length;
  const series = {
    cpu: each(
      (trend) => trend.cpu,
      (server) => server.status.cores ?? 0,
      cores,
    ),
    memory: each(
      (trend) => trend.memory,
      (server) => server.status.memory_total ?? 0,
      memoryTotal,
    ),
    network: each(network, () => 1, count).map((mean) => (mean === null ? null : mean * count)),
  };
  const first = firstOf(series.cpu, series.memory, series.network);
  return {
    at: Array.from({ length: LONGEST - first }, (_, i) => (newest - LONGEST + 1 + first + i) * step),
    cpu: series.cpu.slice(first),
    memory: series.memory.slice(first),
    network: series.network.slice(first),
    cores,
    memoryTotal,
  };
}

/** `LONGEST` points that end at the newest of all; a server that is up and said nothing new is as it was. */
function placed(points: Points, behind: number, up: boolean): Points {
  const last = up ? (points.at(-1) ?? null) : null;
  const whole = [...points, ...Array<number | null>(Math.min(behind, LONGEST)).fill(last)].slice(-LONGEST);
  return [...Array<number | null>(LONGEST - whole.length).fill(null), ...whole];
}

/** The mean by weight at each point, over the whole: who is not there uses nothing of it. */
function summed(all: readonly { points: Points; weight: number }[], whole: number): (number | null)[] {
  return Array.from({ length: LONGEST }, (_, i) => {
    let used = 0;
    let seen = 0;
    for (const { points, weight } of all) {
      const value = points[i];
      if (value === null || value === undefined) continue;
      used += value * weight;
      seen += weight;
    }
    return whole > 0 && seen >= whole * ENOUGH ? used / whole : null;
  });
}

/** Where the first value of any stands: before it there was nobody to tell. */
function firstOf(...all: readonly (readonly (number | null)[])[]): number {
  const first = Math.min(
    ...all.map((points) => points.findIndex((value) => value !== null)).map((i) => (i < 0 ? LONGEST : i)),
  );
  return Math.min(first, LONGEST);
}

function plus(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
