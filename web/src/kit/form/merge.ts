/** Three-way merge of one field: what stood before, what somebody else saved, what is typed here. */
import { type Field, hasNames, isObject, type Json } from "./field";
import { same } from "./value";

export type Side = "base" | "theirs" | "mine";

/** Both sides changed this differently. Absent (undefined) where the item is not there. */
export interface Clash {
  /** The field, or one named row of it: `config.environment[DB_POOL]`. */
  path: string;
  base: unknown;
  theirs: unknown;
  mine: unknown;
}

export interface Merge {
  /** With every clash decided as asked; by default for `mine`. */
  value: unknown;
  clashes: Clash[];
}

export type Choices = Readonly<Record<string, Side>>;

export function merge(
  field: Field,
  path: string,
  sides: { base: unknown; theirs: unknown; mine: unknown },
  choices: Choices = {},
): Merge {
  const { base, theirs, mine } = sides;
  if (same(theirs, base) || same(theirs, mine)) return { value: mine, clashes: [] };
  if (same(mine, base)) return { value: theirs, clashes: [] };
  if (field.kind === "rows" && hasNames(field)) {
    const [was, other, own] = [named(base), named(theirs), named(mine)];
    if (was && other && own) return mergeRows(path, was, other, own, choices);
  }
  const clash = { path, base, theirs, mine };
  return { value: clash[choices[path] ?? "mine"], clashes: [clash] };
}

type Named = Map<string, Json>;

/** Rows by name; undefined if a name is missing or given twice. */
function named(value: unknown): Named | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows = new Map<string, Json>();
  for (const row of value) {
    if (!isObject(row) || typeof row.name !== "string" || row.name === "" || rows.has(row.name))
      return undefined;
    rows.set(row.name, row);
  }
  return rows;
}

/** Row by row, in my order; what only they have comes after the row it follows there. */
function mergeRows(path: string, base: Named, theirs: Named, mine: Named, choices: Choices): Merge {
  const clashes: Clash[] = [];
  const rows: Json[] = [];
  for (const name of together(theirs, mine)) {
    const at = `${path}[${name}]`;
    const [was, other, own] = [base.get(name), theirs.get(name), mine.get(name)];
    let taken: unknown = own;
    if (same(own, was)) taken = other;
    else if (!same(other, was) && !same(other, own)) {
      const clash: Clash = { path: at, base: was, theirs: other, mine: own };
      clashes.push(clash);
      taken = clash[choices[at] ?? "mine"];
    }
    if (isObject(taken)) rows.push(taken);
  }
  return { value: rows, clashes };
}

function together(theirs: Named, mine: Named): string[] {
  const order = [...mine.keys()];
  let after = -1;
  for (const name of theirs.keys()) {
    const at = order.indexOf(name);
    if (at >= 0) after = at;
    else {
      after += 1;
      order.splice(after, 0, name);
    }
  }
  return order;
}
