/** Host: what one sample of a host says beyond its charts: file systems, cores, swap, its clock. Pure. */
import type { Sample } from "~/kit/chart/series";

export interface FileSystem {
  mount: string;
  device: string;
  total: number;
  used: number;
}

export interface Gpu {
  name: string;
  /** Percent. */
  busy: number | null;
  memory_total: number;
  memory_used: number;
  celsius: number | null;
}

/** Bytes, counted about once an hour. */
export interface DockerUse {
  at: string;
  images: number;
  containers: number;
  volumes: number;
  build_cache: number;
}

/** A sample of the topic `server.usage`, whole. */
export interface HostSample extends Sample {
  cores: number[];
  memory_cache: number;
  swap_total: number;
  swap_used: number;
  disks: FileSystem[];
  uptime: number;
  temperatures: { name: string; celsius: number }[];
  gpus: Gpu[];
  failed_units: string[] | null;
  docker_use: DockerUse | null;
}

/** Things of one kind of which it is looked whether they are in charts: nobody looks at more. */
const LOOKED_AT = 32;

/** Keys, as core keeps them, of figures in a sample that have charts: of each kind that comes or goes, and each thing. */
export function keysOf(sample: HostSample): string[] {
  const things = (measure: string, names: readonly string[]) =>
    names.slice(0, LOOKED_AT).map((name) => `${measure}:${name}`);
  return [
    "load",
    ...(sample.swap_total > 0 ? ["swap"] : []),
    ...(sample.docker_use ? ["docker_images", "docker_volumes"] : []),
    ...(sample.failed_units ? ["failed_units"] : []),
    ...things(
      "disk_used",
      sample.disks.map(({ mount }) => mount),
    ),
    ...things(
      "interface_received",
      sample.interfaces.map(({ name }) => name),
    ),
    ...things(
      "gpu",
      sample.gpus.filter(({ busy }) => busy !== null).map(({ name }) => name),
    ),
  ];
}

/** How full, 0 to 100. */
export function share(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : 0;
}

/** The sensor that tells most. */
export function hottest(sample: HostSample): { name: string; celsius: number } | undefined {
  return sample.temperatures.reduce<{ name: string; celsius: number } | undefined>(
    (most, one) => (most && most.celsius >= one.celsius ? most : one),
    undefined,
  );
}

/** The fullest first, by whole percents so that they keep their places; else as the host names them. */
export function ordered(disks: readonly FileSystem[]): FileSystem[] {
  const full = (disk: FileSystem) => Math.round(share(disk.used, disk.total));
  return [...disks].sort((a, b) => full(b) - full(a) || (a.mount < b.mount ? -1 : 1));
}

/** Seconds by which the host's clock is ahead of core's; 0 while they agree as far as matters. */
export function clockSkew(host: string, core: number | undefined): number {
  if (core === undefined) return 0;
  const ahead = Date.parse(host) / 1000 - core;
  return Math.abs(ahead) < 5 ? 0 : ahead;
}
