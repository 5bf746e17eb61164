/** Past: where what core kept of an alert's figure is found, and how it becomes one line of a chart. Pure. */
import type { Schemas } from "~/api/types";
import type { PastColumns } from "~/kit/chart/past";
import type { Values } from "~/kit/chart/summary";
import type { PastOf } from "~/kit/chart/usePast";
import type { Alert } from "./alert";

/** What a rule watches, as its config says it. */
export type What = Schemas["AlertRuleConfig"]["what"];

/** Of what it is asked: a server, a deployment, or a container that is no deployment's. */
export interface Of {
  type: string;
  id: string;
  /** The container on that server. */
  container?: string;
}

export interface Kept {
  of: PastOf;
  /** Names of the measures whose things are watched each by itself. */
  values(past: PastColumns, thing: string, cores: number): Values;
  /** The things it is kept of: mounts, sensors; one without a name where there is one only. */
  things(past: PastColumns): string[];
}

/** Undefined for what is no figure. */
export function keptOf(what: What, of: Of): Kept | undefined {
  switch (what.kind) {
    case "disk_full":
      return kept(serverPath(of), ["disk_used", "disk_total"], share);
    case "server_figure":
      if (what.measure === "disk") return kept(serverPath(of), ["disk_used", "disk_total"], share);
      if (what.measure === "load_per_core") return kept(serverPath(of), ["load5"], perCore);
      return kept(serverPath(of), [OTHER_NAMES[what.measure] ?? what.measure], plain);
    case "container_figure":
      return kept(containerPath(of), [what.measure], plain);
    default:
      return undefined;
  }
}

/** Under which names history has what is watched each by itself. */
const OTHER_NAMES: Record<string, string> = { inodes: "disk_inodes", temperature: "sensor" };

function kept(
  of: Pick<PastOf, "path" | "query">,
  metrics: readonly string[],
  values: (past: PastColumns, metrics: readonly string[], thing: string, cores: number) => Values,
): Kept {
  const [first = ""] = metrics;
  return {
    of: { ...of, metrics },
    values: (past, thing, cores) => values(past, metrics, thing, cores),
    things: (past) =>
      [...past.columns.values()].filter(({ measure }) => measure === first).map(({ thing }) => thing),
  };
}

const column = (past: PastColumns, measure: string, thing: string): Values =>
  past.columns.get(thing ? `${measure}:${thing}` : measure)?.values ?? past.at.map(() => null);

function plain(past: PastColumns, [measure = ""]: readonly string[], thing: string): Values {
  return column(past, measure, thing);
}

function share(past: PastColumns, [used = "", total = ""]: readonly string[], thing: string): Values {
  const whole = column(past, total, thing);
  return column(past, used, thing).map((value, i) => {
    const all = whole[i];
    return typeof value === "number" && all ? (100 * value) / all : null;
  });
}

function perCore(past: PastColumns, [measure = ""]: readonly string[], thing: string, cores: number): Values {
  return column(past, measure, thing).map((value) =>
    typeof value === "number" && cores > 0 ? value / cores : null,
  );
}

const serverPath = ({ id }: Of) => ({ path: `/servers/${id}/usage_history` });

function containerPath({ type, id, container }: Of): Pick<PastOf, "path" | "query"> {
  if (type === "deployment") return { path: `/deployments/${id}/usage_history` };
  return {
    path: `/servers/${id}/container_usage_history`,
    query: { container: container ?? "" },
  };
}

export function ofAlert({ subject, rule_kind }: Alert): Of {
  const container = subject.type === "server" && rule_kind === "container_figure" ? subject.what : undefined;
  return { type: subject.type, id: subject.id, ...(container && { container }) };
}

/** The time of an alert with as much around it, at least half an hour and at most a day on each side. */
export function around(alert: Pick<Alert, "since" | "resolved">, now: number): readonly [number, number] {
  const from = Date.parse(alert.since) / 1000;
  const to = alert.resolved ? Date.parse(alert.resolved) / 1000 : now;
  const room = Math.min(86_400, Math.max(1800, (to - from) / 2));
  return [from - room, Math.min(to + room, now)];
}
