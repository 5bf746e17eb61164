/** useAlerts: the alerts that go on, live; and how many of them wait for somebody. */
import { useMemo } from "react";
import { useTopic } from "~/api/hooks";
import type { Collection } from "~/api/store";
import type { ProblemBody } from "~/api/types";
import { type Alert, byWeight, concerns, isOver, isWaiting } from "./alert";

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

/** Many parts of a page ask at once: of each state of the topic they share one answer. */
const SHARED = new WeakMap<Collection<Alert>, Alerts>();

export function useAlerts(): Alerts {
  return alertsOf(useTopic<Alert>(TOPIC));
}

function alertsOf(collection: Collection<Alert>): Alerts {
  const shared = SHARED.get(collection);
  if (shared) return shared;
  const { items, changed, ready, problem } = collection;
  const list = [...items.values()].filter((alert) => !isOver(alert)).sort(byWeight);
  const alerts = { list, known: items, changed, ready, problem };
  SHARED.set(collection, alerts);
  return alerts;
}

/** Those of one resource and, of a server, of what is on it. */
export function useAlertsOf(resource: string): Alerts {
  const all = useAlerts();
  const list = useMemo(() => all.list.filter((alert) => concerns(alert, resource)), [all.list, resource]);
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
