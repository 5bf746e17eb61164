/** What has ended between two states of the record of activities. */
import type { Collection } from "./store";
import type { Activity } from "./types";

type Activities = Collection<Activity>;

/** Operations by which something may have changed. */
export type Ended = ReadonlySet<string> | "any";

const NONE: ReadonlySet<string> = new Set();

/**
 * What its first snapshot tells is none: that was over before anybody asked for anything. A later snapshot, after the
 * link was lost, holds the newest activities only: where those do not reach back to what was known, any may have ended.
 */
export function endedBetween(before: Activities, after: Activities): Ended {
  if (!before.ready || before.items === after.items) return NONE;
  if (!reachesBack(before, after)) return "any";
  const ended = new Set<string>();
  for (const [id, { operation, ended: at }] of after.items) {
    if (at !== null && !isOver(before, id)) ended.add(operation);
  }
  // An old one that was open and is in no newer snapshot is among those that ended long ago.
  for (const [id, { operation, ended: at }] of before.items) {
    if (at === null && !after.items.has(id)) ended.add(operation);
  }
  return ended;
}

/** Whether one of these begins with one of `starts` (`user.`, `grant.`). */
export function concerns(ended: Ended, starts: readonly string[]): boolean {
  if (ended === "any") return starts.length > 0;
  return [...ended].some((operation) => starts.some((start) => operation.startsWith(start)));
}

function isOver(record: Activities, id: string): boolean {
  const known = record.items.get(id);
  return known !== undefined && known.ended !== null;
}

function reachesBack(before: Activities, after: Activities): boolean {
  let newest = "";
  for (const id of before.items.keys()) if (id > newest) newest = id;
  return newest === "" || after.items.has(newest);
}
