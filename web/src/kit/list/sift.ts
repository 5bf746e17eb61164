/** Sifting: which rows a search and the chosen chips leave, and how many each further chip would. */
import { type Chip, type Filter, isValueChip } from "./chip";

export interface Sifted<T> {
  kept: T[];
  /** By chip, by value (a test's value is ""): how many rows there are, all else as it is. */
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

type Test<T> = (item: T) => boolean;

/** The words of a search; every one of them has to be found. */
export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** `text` answers a row's words in lower case. */
export function sift<T>(
  items: readonly T[],
  words: readonly string[],
  text: (item: T) => string,
  filters: readonly Filter[],
  chips: readonly Chip<T>[],
): Sifted<T> {
  const tests = new Map<string, Test<T>>();
  for (const filter of filters) {
    const chip = chips.find((each) => each.id === filter.chip);
    if (chip) tests.set(chip.id, testOf(chip, filter.values));
  }
  const counts = new Map(chips.map((chip) => [chip.id, new Map<string, number>()]));
  const kept: T[] = [];
  for (const item of items) {
    if (words.length > 0 && !words.every((word) => text(item).includes(word))) continue;
    const failed = failing(item, tests);
    if (failed === MANY) continue;
    if (failed === "") kept.push(item);
    for (const chip of chips) {
      if (failed === "" || failed === chip.id) tally(counts.get(chip.id), chip, item);
    }
  }
  return { kept, counts };
}

const MANY = "\u0000";

/** The one test a row fails; "" for none, `MANY` for more. */
function failing<T>(item: T, tests: ReadonlyMap<string, Test<T>>): string {
  let failed = "";
  for (const [id, test] of tests) {
    if (test(item)) continue;
    if (failed !== "") return MANY;
    failed = id;
  }
  return failed;
}

function testOf<T>(chip: Chip<T>, chosen: readonly string[]): Test<T> {
  if (!isValueChip(chip)) return (item) => chip.matches(item);
  if (chosen.length === 0) return () => true;
  if (chip.all) return (item) => chosen.every((value) => chip.values(item).includes(value));
  return (item) => chip.values(item).some((value) => chosen.includes(value));
}

function tally<T>(counts: Map<string, number> | undefined, chip: Chip<T>, item: T): void {
  if (!counts) return;
  if (isValueChip(chip)) {
    for (const value of chip.values(item)) counts.set(value, (counts.get(value) ?? 0) + 1);
  } else if (chip.matches(item)) {
    counts.set("", (counts.get("") ?? 0) + 1);
  }
}
