/** Lines: what runs and what waits behind it, together by what they wait for. Pure. */
import type { Activity } from "~/api/types";

export interface Line {
  /** Id of its first. */
  id: string;
  /** What holds it: a resource all of it is about, or a server several share. */
  about: { type: string; id: string; name: string } | { server: string } | undefined;
  running: Activity[];
  /** In the order of their turn. */
  waiting: Activity[];
}

/** `open`: queued and running ones, in any order. */
export function linesOf(open: readonly Activity[]): Line[] {
  const byId = new Map(open.map((activity) => [activity.id, activity]));
  const root = new Map<string, string>();
  const find = (id: string): string => {
    const up = root.get(id);
    return up === undefined || up === id ? id : find(up);
  };
  const join = (a: string, b: string) => root.set(find(a), find(b));
  for (const activity of open) {
    for (const ahead of aheadOf(activity)) if (byId.has(ahead)) join(activity.id, ahead);
    // Those that wait for the same one that may not be seen stand in one line all the same.
    const target = activity.what?.id;
    const same = target && open.find((other) => other.what?.id === target);
    if (same) join(activity.id, same.id);
  }
  const groups = new Map<string, Activity[]>();
  for (const activity of open) {
    const members = groups.get(find(activity.id));
    if (members) members.push(activity);
    else groups.set(find(activity.id), [activity]);
  }
  return [...groups.values()].map(lineOf).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Ids of those whose end it waits for, the nearest first. */
function aheadOf(activity: Activity): string[] {
  return activity.waiting_for.split(", ").filter(Boolean);
}

function lineOf(members: Activity[]): Line {
  const inTurn = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    id: inTurn[0]?.id ?? "",
    about: aboutOf(inTurn),
    running: inTurn.filter((activity) => activity.state === "running"),
    waiting: inTurn.filter((activity) => activity.state === "queued"),
  };
}

function aboutOf(members: readonly Activity[]): Line["about"] {
  const what = members[0]?.what;
  if (what && members.every((each) => each.what?.id === what.id)) return what;
  const builder = members.find((each) => each.turn?.lane === "builder")?.turn?.id;
  if (builder) return { server: builder };
  const servers = new Set(members.map((each) => each.server).filter(Boolean));
  const [server] = servers;
  return servers.size === 1 && server ? { server } : undefined;
}
