import { expect, test } from "vitest";
import type { Known } from "~/resources/ui";
import { byTags, readGroup, splits } from "./listGroups";

test("tags that no row has together divide the list", () => {
  const rows = [
    ["production", "fsn"],
    ["production", "hel"],
    ["staging", "fsn"],
    ["production", "hel", "gpu"],
  ];
  expect(splits(rows)).toEqual([["production", "staging"], ["fsn", "hel"], ["gpu"]]);
});

test("a tag that all have divides nothing, and without tags there is no way", () => {
  expect(splits([["acme", "a"], ["acme", "b"], ["acme"]])).toEqual([["a", "b"]]);
  expect([splits([]), splits([[], []])]).toEqual([[], []]);
});

test("hundreds of tags make no more headings than one reads", () => {
  const ways = splits(Array.from({ length: 400 }, (_, i) => [`customer-${i}`]));
  expect(Math.max(...ways.map((way) => way.length))).toBeLessThanOrEqual(40);
  expect(ways.length).toBeLessThanOrEqual(6);
});

test("a row stands with the first of the tags it has", () => {
  const group = byTags(readGroup("production,staging"));
  const of = (...tags: string[]) => group?.of({ resource: { tags } } as unknown as Known);
  expect([of("staging", "production"), of("staging"), of("x")]).toEqual(["production", "staging", ""]);
  expect(byTags(readGroup(undefined))).toBeUndefined();
});
