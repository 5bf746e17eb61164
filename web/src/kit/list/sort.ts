/** Sorting: as people sort (web-2 before web-10), nothing last, equals by name. */

export type Key = string | number | null;

const keys = new Map<string, string>();
/** Names repeat, so their keys are kept; figures in words (ages, sizes) do not, so not for ever. */
const KEPT = 20_000;

/** A text that plain comparison puts where people expect it: numbers by size, case aside. */
function naturalKey(text: string): string {
  const known = keys.get(text);
  if (known !== undefined) return known;
  const key = text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  if (keys.size >= KEPT) keys.clear();
  keys.set(text, key);
  return key;
}

/** Two texts as people sort them. */
export function byNature(a: string, b: string): number {
  const [x, y] = [naturalKey(a), naturalKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A new list in order of `key`; equal rows in order of `tie`, which the direction does not turn. */
export function sorted<T>(
  items: readonly T[],
  key: (item: T) => Key,
  down: boolean,
  tie?: (item: T) => Key,
): T[] {
  const rows = items.map((item) => ({ item, key: comparable(key(item)), tie: tie && comparable(tie(item)) }));
  const turn = down ? -1 : 1;
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1;
    } else {
      const order = compare(a.key, b.key);
      if (order !== 0) return turn * order;
    }
    return a.tie != null && b.tie != null ? compare(a.tie, b.tie) : 0;
  });
  return rows.map((row) => row.item);
}

function comparable(key: Key): Key {
  if (typeof key === "string") return naturalKey(key);
  return typeof key === "number" && Number.isNaN(key) ? null : key;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
