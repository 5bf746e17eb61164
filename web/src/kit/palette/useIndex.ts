/** useIndex: all that the palette can find, kept up with what changes while it is open. */
import { useDeferredValue, useMemo } from "react";
import { useUsers } from "~/api/asked";
import { isOpen, useMe, useTypes } from "~/api/hooks";
import type { Collection } from "~/api/store";
import type { Activity, Resource } from "~/api/types";
import { useNav } from "~/app/nav";
import type { Runs } from "~/kit/runs";
import { type Entry, entry, type Index } from "./entry";
import { PAGE } from "./find";
import { type PlacedContainer, personPlace } from "./places";
import { useCommands } from "./useCommands";
import { usePlaces } from "./usePlaces";
import { useTopics } from "./useTopics";
import { verbsOf } from "./verbs";

export interface Known {
  index: Index;
  /** Queued and running activities by what they work on, the oldest first. */
  open: ReadonlyMap<string, readonly Activity[]>;
  activities: ReadonlyMap<string, Activity>;
  /** How the last actions on each resource ended, by type. */
  runs: ReadonlyMap<string, ReadonlyMap<string, Runs>>;
}

export function useIndex(): Known {
  const types = useTypes();
  const topics = useMemo(
    () => [
      { topic: "activity.watch" },
      { topic: "server.all_containers" },
      ...types.map((type) => ({ topic: `${type.name}.changes` })),
      ...types.map((type) => ({ topic: "activity.runs", type: type.name })),
    ],
    [types],
  );
  // Typing goes first; what changed meanwhile is shown right after.
  const all = useDeferredValue(useTopics(topics));
  const told = useMemo(() => {
    const [activities, containers, ...rest] = all;
    return {
      activities: (activities as Collection<Activity>).items,
      containers: containers as Collection<PlacedContainer>,
      resources: rest.slice(0, types.length) as Collection<Resource>[],
      runs: rest.slice(types.length) as Collection<Runs>[],
    };
  }, [all, types]);
  const pages = usePages();
  const people = usePeople();
  const commands = useCommands();
  const places = usePlaces(types, told);
  const verbs = useMemo(() => new Map(types.map((type) => [type.name, verbsOf(type, types)])), [types]);
  const index = useMemo(
    () => ({ places: [...pages, ...people, ...places], commands, verbs }),
    [pages, people, places, commands, verbs],
  );
  return useMemo(
    () => ({
      index,
      activities: told.activities,
      open: openOn(told.activities.values()),
      runs: new Map(types.map((type, i) => [type.name, told.runs[i]?.items ?? new Map()])),
    }),
    [index, told, types],
  );
}

function openOn(all: Iterable<Activity>): Map<string, Activity[]> {
  const open = new Map<string, Activity[]>();
  for (const activity of all) {
    if (!isOpen(activity) || !activity.what) continue;
    const { id } = activity.what;
    open.set(
      id,
      [...(open.get(id) ?? []), activity].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }
  return open;
}

/** Words by which people look for a page that is called otherwise. */
const ALSO: Record<string, string> = {
  "/": "home dashboard problems",
  "/activity": "history audit log record",
  "/queue": "waiting running jobs",
  "/people": "users groups permissions rights grants",
  "/settings": "api keys password theme account system version preferences",
};

function usePages(): readonly Entry[] {
  const nav = useNav();
  return useMemo(
    () =>
      nav.map(({ to, label, icon }, at) =>
        entry({
          key: PAGE + to,
          pieces: [{ text: label }],
          also: ALSO[to] ?? "",
          icon,
          order: at / 100,
          to,
        }),
      ),
    [nav],
  );
}

function usePeople(): readonly Entry[] {
  const me = useMe();
  const { data } = useUsers(me.can.includes("user.list"));
  return useMemo(() => (data ?? []).map(personPlace), [data]);
}
