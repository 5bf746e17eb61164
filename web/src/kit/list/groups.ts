/** Groups: rows under headings (containers by compose project) that can be folded. */
import type { ReactNode } from "react";
import { byNature } from "./sort";

export interface GroupBy<T> {
  /** The group of a row; "" for those of none, which come last. */
  of(item: T): string;
  /** What the heading says; by default the group itself. */
  label?(group: string, items: readonly T[]): ReactNode;
  /** The heading of those of no group. */
  none: string;
  /** Groups stand in the order of their first rows, and not by name. */
  asListed?: boolean;
  /** At the end of the heading: what can be done with all of them. */
  menu?(group: string, items: readonly T[]): ReactNode;
}

/** One line of a list: a row, or the heading of a group. */
export type Entry<T> =
  | { kind: "item"; id: string; item: T }
  | {
      kind: "group";
      id: string;
      group: string;
      items: readonly T[];
      ids: readonly string[];
      folded: boolean;
    };

const MARK = "group:";

export function entriesOf<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  groupBy: GroupBy<T> | undefined,
  folded: ReadonlySet<string>,
): Entry<T>[] {
  const entry = (item: T): Entry<T> => ({ kind: "item", id: idOf(item), item });
  if (!groupBy) return items.map(entry);
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groupBy.of(item);
    const members = groups.get(group);
    if (members) members.push(item);
    else groups.set(group, [item]);
  }
  const byName = groupBy.asListed ? () => 0 : byNature;
  const names = [...groups.keys()].sort((a, b) => (a && b ? byName(a, b) : a ? -1 : b ? 1 : 0));
  return names.flatMap((group) => {
    const members = groups.get(group) ?? [];
    const closed = folded.has(group);
    const rows = members.map(entry);
    const ids = rows.map((row) => row.id);
    const head: Entry<T> = { kind: "group", id: MARK + group, group, items: members, ids, folded: closed };
    return closed ? [head] : [head, ...rows];
  });
}
