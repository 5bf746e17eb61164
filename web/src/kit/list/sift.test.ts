import { expect, test } from "vitest";
import type { Chip } from "./chip";
import { sift, wordsOf } from "./sift";

const rows = [
  { name: "web-1", tags: ["production", "fsn"], state: "Ok" },
  { name: "web-2", tags: ["production", "hel"], state: "Down" },
  { name: "app-1", tags: ["staging", "hel"], state: "Ok" },
];
type Row = (typeof rows)[number];

const chips: Chip<Row>[] = [
  { id: "tag", label: "Tag", all: true, values: (row) => row.tags },
  { id: "state", label: "State", values: (row) => [row.state] },
  { id: "one", label: "First", matches: (row) => row.name.endsWith("1") },
];
const text = (row: Row) => `${row.name} ${row.state}`.toLowerCase();
const names = (found: readonly Row[]) => found.map((row) => row.name);

test("every word has to be found, in any order and case", () => {
  expect(names(sift(rows, wordsOf(" WEB  ok "), text, [], chips).kept)).toEqual(["web-1"]);
  expect(names(sift(rows, wordsOf(""), text, [], chips).kept)).toHaveLength(3);
});

test("of states any will do, of tags all have to be there", () => {
  const states = [{ chip: "state", values: ["Ok", "Down"] }];
  expect(sift(rows, [], text, states, chips).kept).toHaveLength(3);
  const tags = [{ chip: "tag", values: ["production", "hel"] }];
  expect(names(sift(rows, [], text, tags, chips).kept)).toEqual(["web-2"]);
});

test("a chip's numbers are those it would leave, all else as it is", () => {
  const { counts } = sift(rows, [], text, [{ chip: "state", values: ["Down"] }], chips);
  // What its own choice hides is still counted: choosing it too would show it.
  expect(Object.fromEntries(counts.get("state") ?? [])).toEqual({ Ok: 2, Down: 1 });
  expect(Object.fromEntries(counts.get("tag") ?? [])).toEqual({ production: 1, hel: 1 });
  expect(counts.get("one")?.get("")).toBeUndefined();
});

test("a row that fails two filters counts for none", () => {
  const filters = [
    { chip: "state", values: ["Down"] },
    { chip: "tag", values: ["staging"] },
  ];
  const { kept, counts } = sift(rows, [], text, filters, chips);
  expect(kept).toEqual([]);
  expect(Object.fromEntries(counts.get("state") ?? [])).toEqual({ Ok: 1 });
});

test("a filter nobody knows hides nothing", () => {
  expect(sift(rows, [], text, [{ chip: "gone", values: ["x"] }], chips).kept).toHaveLength(3);
});
