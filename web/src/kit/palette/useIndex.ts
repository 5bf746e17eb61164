/** useIndex: all that the palette can find, kept up with what changes while it is open. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { isOpen, useMe, useTypes } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Collection } from "~/api/store";
import type { Activity, Resource, User } from "~/api/types";
import { useNav } from "~/app/nav";
import type { Runs } from "~/kit/runs";
import { type Entry, entry, type Index } from "./entry";
import { PAGE } from "./find";
import { containerPlace, type PlacedContainer, personPlace, resourcePlace } from "./places";
import { useCommands } from "./useCommands";
import { useTopics } from "./useTopics";
import { verbsOf } from "./verbs";

export interface Known {
  index: Index;
  /** Queued and running activities by what they work on, the oldest first. */
  open: ReadonlyMap<string, readonly Activity[]>;
  /** How the last actions on each resource ended, by type. */
  activities: ReadonlyMap<string, Activity>;
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
  const [activities, containers, ...rest] = useDeferredValue(useTopics(topics));
  const perType = rest.slice(0, types.length) as Collection<Resource>[];
  const runs = rest.slice(types.length) as Collection<Runs>[];
  const pages = usePages();
  const people = usePeople();
  const commands = useCommands();

  const kept = useMemo(
    () =>
      types.map((type, i) => [...(perType[i]?.items.values() ?? [])].map((one) => resourcePlace(type, one))),
    [types, ...perType],
  );
  const boxes = useMemo(() => {
    const of = (name: string) => perType[types.findIndex((type) => type.name === name)]?.items ?? new Map();
    const [servers, deployments] = [of("server"), of("deployment")];
    const all = (containers as Collection<PlacedContainer> | undefined)?.items.values() ?? [];
    return [...all].flatMap((placed) => containerPlace(placed, servers, deployments) ?? []);
  }, [containers, types, ...perType]);

  const verbs = useMemo(() => new Map(types.map((type) => [type.name, verbsOf(type, types)])), [types]);
  const index = useMemo(
    () => ({ places: [...pages, ...kept.flat(), ...people, ...boxes], commands, verbs }),
    [pages, kept, people, boxes, commands, verbs],
  );
  const all = (activities as Collection<Activity> | undefined)?.items ?? NONE;
  return useMemo(
    () => ({
      index,
      activities: all,
      open: openOn(all.values()),
      runs: new Map(types.map((type, i) => [type.name, runs[i]?.items ?? new Map()])),
    }),
    [index, all, types, ...runs],
  );
}

const NONE: ReadonlyMap<string, Activity> = new Map();

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
  const { data } = useQuery({
    queryKey: ["/users", {}],
    queryFn: ({ signal }) => ask<User[]>("GET", "/users", { signal }),
    enabled: me.can.includes("user.list"),
  });
  return useMemo(() => (data ?? []).map(personPlace), [data]);
}
