import { expect, test } from "vitest";
import { byKind, type Item, kindTitle, outcomeOf } from "./words";

const item = (kind: string, name: string): Item => ({ kind, id: name, name, bytes: 1, since: null, why: "" });

test("items come together by their kind, in the order they came in", () => {
  const groups = byKind([item("images", "a"), item("networks", "n"), item("images", "b")]);
  expect(groups.map(({ kind, items }) => [kind, items.map(({ name }) => name)])).toEqual([
    ["images", ["a", "b"]],
    ["networks", ["n"]],
  ]);
});

test("a kind of a newer core goes by its own name", () => {
  expect(kindTitle("git_mirrors")).toBe("Mirrors of repositories");
  expect(kindTitle("old_logs")).toBe("old logs");
});

test("what was not run is trouble, what was missed is not", () => {
  expect(outcomeOf("refused")).toEqual({ word: "Not run", tone: "bad" });
  expect(outcomeOf("missed")).toEqual({ word: "Missed", tone: "off" });
});
