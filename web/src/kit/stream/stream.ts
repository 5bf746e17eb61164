/** Stream: what was done, as asked for page by page and as it arrives live, in one list without gaps or doubles. Pure. */
import type { Activity } from "~/api/types";

/** What the stream is narrowed to; core knows the same words. */
export interface Filters {
  type?: string | undefined;
  operation?: string | undefined;
  /** Id of who asked. */
  user?: string | undefined;
  state?: string | undefined;
  /** Id of what it was done to. */
  resource?: string | undefined;
}

export interface ActivityPage {
  items: Activity[];
  total: number;
  next: string;
}

export function matches(activity: Activity, filters: Filters): boolean {
  const { type, operation, user, state, resource } = filters;
  return (
    (!type || activity.what?.type === type) &&
    (!operation || activity.operation === operation) &&
    (!user || activity.who.id === user) &&
    (!state || activity.state === state) &&
    (!resource || activity.what?.id === resource)
  );
}

/**
 * Newest first. What is live wins over what was asked for; an open one older than all that was asked for has to wait
 * for its page, as the list would have a hole before it.
 */
export function merged(
  pages: readonly ActivityPage[],
  live: ReadonlyMap<string, Activity>,
  filters: Filters,
): Activity[] {
  const found = new Map<string, Activity>();
  for (const page of pages) for (const activity of page.items) found.set(activity.id, activity);
  const last = pages.at(-1);
  const oldest = last?.next ? last.next : "";
  for (const [id, activity] of live) if (found.has(id) || id > oldest) found.set(id, activity);
  return [...found.values()]
    .filter((activity) => matches(activity, filters))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** The topic begins with so many of the newest, without a gap. */
const NEWEST = 50;

/** What is known before the first page has come: the newest of everything; of a part there may be older ones. */
export function preview(live: ReadonlyMap<string, Activity>, filters: Filters): Activity[] {
  if (Object.values(filters).some(Boolean)) return [];
  return [...live.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, NEWEST);
}

/** How many there are in all, as core said and as has arrived since; it counts all only for an admin. */
export function totalOf(pages: readonly ActivityPage[], list: readonly Activity[]): number {
  const first = pages[0];
  if (!first) return list.length;
  const newest = first.items[0]?.id ?? "";
  const arrived = list.filter((activity) => activity.id > newest).length;
  return Math.max(list.length, first.total + arrived);
}

export type StreamEntry =
  | { kind: "day"; id: string; day: string }
  | { kind: "item"; id: string; activity: Activity };

/** With a heading before the first of each day. */
export function entriesOf(list: readonly Activity[], dayOf: (at: string) => string): StreamEntry[] {
  const entries: StreamEntry[] = [];
  let day = "";
  for (const activity of list) {
    const its = dayOf(activity.created);
    if (its !== day) entries.push({ kind: "day", id: `day:${its}`, day: its });
    day = its;
    entries.push({ kind: "item", id: activity.id, activity });
  }
  return entries;
}

/** What came after `top` was the newest: held back while somebody reads further down. */
export function split(
  list: readonly Activity[],
  top: string | undefined,
): { shown: readonly Activity[]; held: number } {
  if (top === undefined) return { shown: list, held: 0 };
  const from = list.findIndex((activity) => activity.id <= top);
  return from <= 0 ? { shown: list, held: 0 } : { shown: list.slice(from), held: from };
}
