/** Known rows: every resource of a type with what is open on it and how its last actions ended, live. */
import { useMemo, useRef } from "react";
import { isOpen, useActivities, useResources } from "~/api/hooks";
import type { Activity, ProblemBody, Resource } from "~/api/types";
import { usePaced } from "~/kit/list/usePaced";
import { type Run, type Runs, useRuns } from "~/kit/runs";
import type { Known } from "~/resources/ui";

export interface KnownList {
  items: readonly Known[];
  ready: boolean;
  problem: ProblemBody | undefined;
}

/** Many changes at once are put together so often at most, in ms. */
const PACE = 100;
const NO_ACTIVITIES: Activity[] = [];
const NO_RUNS: Run[] = [];

export function useKnownList(type: string): KnownList {
  const resources = usePaced(useResources(type), PACE);
  const activities = usePaced(useActivities().list, PACE);
  const runs = usePaced(useRuns(type).items, PACE);
  const before = useRef<ReadonlyMap<string, Known>>(new Map());
  const items = useMemo(() => {
    before.current = joined(resources.items, openOf(activities), runs, before.current);
    return [...before.current.values()];
  }, [resources.items, activities, runs]);
  const { ready, problem } = resources;
  return useMemo(() => ({ items, ready, problem }), [items, ready, problem]);
}

/** Open activities by the resource they are on, oldest first. `newestFirst` is the order in which they are kept. */
export function openOf(newestFirst: readonly Activity[]): Map<string, Activity[]> {
  const found = new Map<string, Activity[]>();
  for (const activity of newestFirst) {
    if (!activity.what || !isOpen(activity)) continue;
    const others = found.get(activity.what.id);
    if (others) others.unshift(activity);
    else found.set(activity.what.id, [activity]);
  }
  return found;
}

/** A row of which nothing changed stays the same object, so that nothing is drawn or worked out anew for it. */
export function joined(
  resources: ReadonlyMap<string, Resource>,
  open: ReadonlyMap<string, Activity[]>,
  runs: ReadonlyMap<string, Runs>,
  before: ReadonlyMap<string, Known>,
): ReadonlyMap<string, Known> {
  const rows = new Map<string, Known>();
  for (const [id, resource] of resources) {
    const now = open.get(id) ?? NO_ACTIVITIES;
    const past = runs.get(id)?.items ?? NO_RUNS;
    const old = before.get(id);
    const same = old?.resource === resource && old.runs === past && sameOnes(old.open, now);
    rows.set(id, same ? old : { resource, open: now, runs: past });
  }
  return rows;
}

function sameOnes(a: readonly Activity[], b: readonly Activity[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
