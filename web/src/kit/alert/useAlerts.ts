/** useAlerts: the alerts that go on, live; and how many of them wait for somebody. */
import { useMemo } from "react";
import { useTopic } from "~/api/hooks";
import type { ProblemBody } from "~/api/types";
import { type Alert, byWeight, isOver, isWaiting } from "./alert";

const TOPIC = { topic: "alert.watch" } as const;

export interface Alerts {
  /** By weight, the worst first. */
  list: readonly Alert[];
  /** Those that ended while somebody looked, too. */
  known: ReadonlyMap<string, Alert>;
  changed: ReadonlyMap<string, number>;
  ready: boolean;
  problem: ProblemBody | undefined;
}

export function useAlerts(): Alerts {
  const { items, ready, problem, changed } = useTopic<Alert>(TOPIC);
  const list = useMemo(() => [...items.values()].filter((alert) => !isOver(alert)).sort(byWeight), [items]);
  return { list, known: items, changed, ready, problem };
}

/** Those of one resource and, of a server, of what is on it. */
export function useAlertsOf(resource: string): Alerts {
  const all = useAlerts();
  const list = useMemo(
    () => all.list.filter(({ subject }) => subject.id === resource || subject.server === resource),
    [all.list, resource],
  );
  return { ...all, list };
}

export interface Waiting {
  critical: number;
  warning: number;
}

export function waitingOf(list: readonly Alert[]): Waiting {
  const waiting = list.filter(isWaiting);
  const critical = waiting.filter(({ severity }) => severity === "critical").length;
  return { critical, warning: waiting.length - critical };
}
