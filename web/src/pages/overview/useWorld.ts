/** useWorld: every resource of every type with what is open on it and how its last actions ended, live. */
import { useCallback, useContext, useMemo, useRef, useSyncExternalStore } from "react";
import { SessionContext, useTypes } from "~/api/hooks";
import type { Topic } from "~/api/live";
import type { Collection } from "~/api/store";
import type { Activity, ProblemBody, Resource } from "~/api/types";
import { byNature } from "~/kit/list/sort";
import { usePaced } from "~/kit/list/usePaced";
import { joined, openOf } from "~/kit/resource/listKnown";
import type { Runs } from "~/kit/runs";
import type { Known } from "~/resources/ui";
import type { World } from "./scope";

export interface WorldState {
  world: World;
  /** Newest first. */
  activities: readonly Activity[];
  ready: boolean;
  /** Nothing at all can be shown. */
  problem: ProblemBody | undefined;
}

/** However much happens, the page is drawn a few times a second at most. */
const PACE = 150;

export function useWorld(): WorldState {
  const types = useTypes();
  const topics = useMemo<Topic[]>(
    () => [
      { topic: "activity.watch" },
      ...types.map(({ name }) => ({ topic: `${name}.changes` })),
      ...types.map(({ name }) => ({ topic: "activity.runs", type: name })),
    ],
    [types],
  );
  const all = usePaced(useTopics(topics), PACE);
  const before = useRef<Map<string, ReadonlyMap<string, Known>>>(new Map());
  const lists = useRef<Map<string, readonly Known[]>>(new Map());
  return useMemo(() => {
    const [watched, ...others] = all;
    const activities = [...((watched?.items ?? new Map()) as Map<string, Activity>).values()];
    activities.sort((a, b) => (a.id < b.id ? 1 : -1));
    const open = openOf(activities);
    types.forEach(({ name }, index) => {
      const resources = others[index]?.items as ReadonlyMap<string, Resource>;
      const runs = others[index + types.length]?.items as ReadonlyMap<string, Runs>;
      const old = before.current.get(name) ?? new Map<string, Known>();
      const now = joined(resources, open, runs, old);
      // A type of which nothing changed keeps its list, and its panel is not drawn anew.
      if (lists.current.has(name) && sameRows(old, now)) return;
      before.current.set(name, now);
      lists.current.set(name, byName(now));
    });
    return {
      world: new Map(types.map(({ name }) => [name, lists.current.get(name) ?? []])),
      activities,
      ready: all.every((each) => each.ready),
      problem: others.every((each) => each.problem) ? others[0]?.problem : undefined,
    };
  }, [all, types]);
}

/** Several topics as one value, which is another only when one of them is. */
function useTopics(topics: readonly Topic[]): readonly Collection<unknown>[] {
  const store = useContext(SessionContext)?.store;
  if (!store) throw new Error("outside of a session");
  const last = useRef<readonly Collection<unknown>[]>([]);
  const watch = useCallback(
    (told: () => void) => {
      const ends = topics.map((topic) => store.watch(topic, told));
      return () => {
        for (const end of ends) end();
      };
    },
    [store, topics],
  );
  return useSyncExternalStore(watch, () => {
    const now = topics.map((topic) => store.read(topic));
    const same = now.length === last.current.length && now.every((each, i) => each === last.current[i]);
    if (!same) last.current = now;
    return last.current;
  });
}

function sameRows(a: ReadonlyMap<string, Known>, b: ReadonlyMap<string, Known>): boolean {
  if (a.size !== b.size) return false;
  for (const [id, row] of a) if (b.get(id) !== row) return false;
  return true;
}

function byName(rows: ReadonlyMap<string, Known>): readonly Known[] {
  return [...rows.values()].sort((a, b) => byNature(a.resource.name, b.resource.name));
}
