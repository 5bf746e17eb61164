/** More: which charts follow from what is known of a server beyond its four main ones. Pure. */
import { chartUnit, each, type PastColumn, type PastColumns } from "~/kit/chart/past";
import type { Unit } from "~/kit/chart/scale";

export interface Chart {
  title: string;
  unit: Unit;
  max?: number | undefined;
  note?: string | undefined;
  lines: { label: string; column: PastColumn; second?: boolean }[];
}

/** Two figures at most are in one chart: only one of them has the accent's colour. */
const PAIRS: readonly [title: string, first: [string, string], second?: [string, string]][] = [
  ["CPU time", ["cpu_user", "programs"], ["cpu_system", "kernel"]],
  ["CPU waiting", ["cpu_iowait", "for disks"], ["cpu_steal", "stolen"]],
  ["Load", ["load", "1 min"], ["load15", "15 min"]],
  ["Pressure on CPU", ["pressure_cpu", "waiting"]],
  ["Pressure on memory", ["pressure_memory", "waiting"]],
  ["Pressure on disks", ["pressure_io", "waiting"]],
  ["Cache", ["memory_cache", "kernel"], ["memory_arc", "ZFS"]],
  ["Swap", ["swap", "used"]],
  ["Docker's images", ["docker_images", "images"], ["docker_build_cache", "build cache"]],
  ["Docker's volumes", ["docker_volumes", "volumes"], ["docker_containers", "containers"]],
  ["Units that failed", ["failed_units", "failed"]],
];
/** Of each thing one chart. */
const THINGS: readonly [
  measure: string,
  kind: string,
  beside?: [label: string, second: string, label: string],
][] = [
  ["interface_received", "Interface", ["in", "interface_sent", "out"]],
  ["device_written", "Device", ["write", "device_read", "read"]],
  ["sensor", "Temperature"],
  ["gpu", "GPU", ["busy", "gpu_memory", "memory"]],
  ["core", "Core"],
];

export function charts(past: PastColumns): Chart[] {
  return [...pairs(past), ...disks(past), ...things(past)];
}

function pairs(past: PastColumns): Chart[] {
  return PAIRS.flatMap(([title, [name, label], other]) => {
    const first = past.columns.get(name);
    if (!first || (name === "cpu_iowait" && isStill(first) && isStill(past.columns.get("cpu_steal"))))
      return [];
    const lines: Chart["lines"] = [{ label, column: first }];
    const second = other && past.columns.get(other[0]);
    if (second && other && !isStill(second)) lines.push({ label: other[1], column: second, second: true });
    return [{ title, unit: chartUnit(first.unit), lines }];
  });
}

function disks(past: PastColumns): Chart[] {
  return each(past, "disk_used").map((column) => ({
    title: `Disk ${column.thing}`,
    unit: "bytes",
    max:
      past.columns.get(`disk_total:${column.thing}`)?.values.findLast((size) => size !== null) ?? undefined,
    lines: [{ label: "used", column }],
  }));
}

function things(past: PastColumns): Chart[] {
  return THINGS.flatMap(([measure, kind, beside]) =>
    each(past, measure).map((column) => {
      const second = beside && past.columns.get(`${beside[1]}:${column.thing}`);
      const lines: Chart["lines"] = [{ label: beside?.[0] ?? kind, column }];
      if (second && beside) lines.push({ label: beside[2], column: second, second: true });
      return {
        title: `${kind} ${column.thing}`,
        unit: chartUnit(column.unit),
        max: column.unit === "percent" ? 100 : undefined,
        note: column.unit === "celsius" ? "°C" : undefined,
        lines,
      };
    }),
  );
}

/** Nothing but zeros. */
function isStill(column: PastColumn | undefined): boolean {
  return !column?.values.some((value) => value);
}
