/** Selection: which rows are chosen; ranges go from the row last chosen by itself. */

export interface Selection {
  ids: ReadonlySet<string>;
  /** Where a range begins. */
  anchor: string | undefined;
  /** What was chosen before the range, so that a range can shrink again. */
  base: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
export const NOTHING: Selection = { ids: NONE, anchor: undefined, base: NONE };

/** One row on, or off where it was on. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id, base: next };
}

/** Several rows on; off where all of them were. */
export function toggledAll({ ids }: Selection, some: readonly string[]): Selection {
  const next = new Set(ids);
  const all = some.every((id) => next.has(id));
  for (const id of some) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return { ids: next, anchor: undefined, base: next };
}

/** Every row from the anchor to this one, whichever comes first, in place of the range before. */
export function ranged(selection: Selection, order: readonly string[], id: string): Selection {
  const { anchor, base } = selection;
  const from = anchor === undefined ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (to < 0) return selection;
  if (from < 0) return toggled({ ...selection, ids: without(selection.ids, id) }, id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...base, ...range]), anchor, base };
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  next.delete(id);
  return next;
}
