import { expect, test } from "vitest";
import { changed } from "./listChanges";

test("what is new or other has changed now, the rest when it did", () => {
  const before = new Map([
    ["a", "ok"],
    ["b", "ok"],
  ]);
  const after = new Map([
    ["a", "ok"],
    ["b", "bad"],
    ["c", "ok"],
  ]);
  const at = changed(before, after, new Map([["a", 1]]), 9);
  expect([...at]).toEqual([
    ["a", 1],
    ["b", 9],
    ["c", 9],
  ]);
});

test("nothing new is the same map, so that nothing is drawn anew", () => {
  const marks = new Map([["a", "ok"]]);
  const at = new Map([["a", 1]]);
  expect(changed(marks, new Map(marks), at, 9)).toBe(at);
});
