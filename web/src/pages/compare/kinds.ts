/** Kinds: what can be compared with its like, what of it, and where its past is asked for. */
import type { Unit } from "~/kit/chart/scale";

/** One of those that are compared. */
export interface Thing {
  /** As the address says it. */
  name: string;
  /** Its page. */
  to: string;
  /** Below /api: where its past is. */
  path: string;
  query?: Readonly<Record<string, string>>;
}

export interface Measure {
  id: string;
  title: string;
  unit: Unit;
  max?: number;
}

export interface Kind {
  /** Its word in the page's address. */
  id: "servers" | "deployments" | "containers";
  title: string;
  /** One of them. */
  one: string;
  measures: readonly Measure[];
}

const OF_SERVERS: readonly Measure[] = [
  { id: "cpu", title: "CPU", unit: "percent", max: 100 },
  { id: "memory", title: "Memory", unit: "percent", max: 100 },
  { id: "load", title: "Load", unit: "number" },
  { id: "disk", title: "Fullest file system", unit: "percent", max: 100 },
  { id: "received", title: "Network in", unit: "bits" },
  { id: "sent", title: "Network out", unit: "bits" },
];
const OF_CONTAINERS: readonly Measure[] = [
  { id: "cpu", title: "CPU, of one core", unit: "percent" },
  { id: "memory", title: "Memory", unit: "bytes" },
  { id: "received", title: "Network in", unit: "bits" },
  { id: "sent", title: "Network out", unit: "bits" },
  { id: "read", title: "Block reads", unit: "byteRate" },
  { id: "written", title: "Block writes", unit: "byteRate" },
];

export const KINDS = {
  servers: { id: "servers", title: "Servers", one: "server", measures: OF_SERVERS },
  deployments: { id: "deployments", title: "Deployments", one: "deployment", measures: OF_CONTAINERS },
  containers: { id: "containers", title: "Containers", one: "container", measures: OF_CONTAINERS },
} as const satisfies Record<string, Kind>;
