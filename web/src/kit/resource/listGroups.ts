/** Groups of a resource list: which of its tags exclude each other, and so divide it (`production`, `staging`). Pure. */
import type { Way } from "~/kit/list/GroupMenu";
import type { GroupBy } from "~/kit/list/groups";
import { byNature } from "~/kit/list/sort";
import type { Known } from "~/resources/ui";

/** Ways to divide one list that are worth a choice, and headings one way may have. */
const WAYS = 6;
const HEADINGS = 40;

/**
 * Sets of tags of which no row has two, those that divide most rows first. Tags have no keys (`stage=…`), so what
 * belongs together is read from the rows.
 */
export function splits(rows: readonly (readonly string[])[]): string[][] {
  const counts = new Map<string, number>();
  const beside = new Map<string, Set<string>>();
  for (const tags of rows)
    for (const tag of tags) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
      const others = beside.get(tag) ?? new Set();
      for (const other of tags) others.add(other);
      beside.set(tag, others);
    }
  const left = [...counts].sort(([a, n], [b, m]) => m - n || byNature(a, b)).map(([tag]) => tag);
  const found: string[][] = [];
  while (left.length > 0 && found.length < WAYS) {
    const set: string[] = [];
    for (const tag of left)
      if (set.length < HEADINGS && !set.some((each) => beside.get(each)?.has(tag))) set.push(tag);
    for (const tag of set) left.splice(left.indexOf(tag), 1);
    if (set.length > 1 || counts.get(set[0] ?? "") !== rows.length) found.push(set.sort(byNature));
  }
  return found;
}

/** Those, and the one the address says: a link may divide by tags that are no choice of now. */
export function waysOf(sets: readonly (readonly string[])[], chosen: string | undefined): Way[] {
  const written = sets.map((tags) => tags.join(","));
  const all = chosen && !written.includes(chosen) ? [chosen, ...written] : written;
  return all.map((value) => ({ value, label: inWords(value.split(",")) }));
}

const NAMED = 4;

/** `fsn, hel and 3 more`. */
function inWords(tags: readonly string[]): string {
  const rest = tags.length - NAMED;
  return rest > 1 ? `${tags.slice(0, NAMED).join(", ")} and ${rest} more` : tags.join(", ");
}

/** As the page's address says it. */
export function readGroup(text: string | undefined): readonly string[] {
  return text?.split(",").filter(Boolean) ?? [];
}

/** A row of several of them is with the first. */
export function byTags(tags: readonly string[]): GroupBy<Known> | undefined {
  if (tags.length === 0) return undefined;
  return {
    of: ({ resource }) => tags.find((tag) => resource.tags.includes(tag)) ?? "",
    none: tags.length === 1 ? `Not ${tags[0]}` : "None of these tags",
  };
}
