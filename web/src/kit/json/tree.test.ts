import { expect, test } from "vitest";
import { foldable, found, linesOf, written } from "./tree";

const TOLD = { Id: "abc", Config: { Env: ["A=***", "B=***"], Labels: {} }, State: { Running: true } };

test("what is folded hides what it holds", () => {
  expect(linesOf(TOLD, new Set()).map((line) => line.path)).toEqual(["Id", "Config", "State"]);
  const lines = linesOf(TOLD, new Set(["Config", "Config.Env"]));
  expect(lines.map(({ path, depth }) => [path, depth])).toEqual([
    ["Id", 0],
    ["Config", 0],
    ["Config.Env", 1],
    ["Config.Env[0]", 2],
    ["Config.Env[1]", 2],
    ["Config.Labels", 1],
    ["State", 0],
  ]);
  expect(foldable(TOLD)).toEqual(["Config", "Config.Env", "State"]);
});

test("a search keeps what is found and the way to it", () => {
  expect(found(TOLD, "b=")).toEqual({ value: { Config: { Env: ["B=***"] } }, hits: 1 });
  expect(found(TOLD, "env")).toEqual({ value: { Config: { Env: ["A=***", "B=***"] } }, hits: 1 });
  expect(found(TOLD, "nothing such")).toEqual({ value: undefined, hits: 0 });
});

test("values are written as JSON has them", () => {
  expect([
    written("a", undefined),
    written(null, undefined),
    written([], 0),
    written([1], 1),
    written({ a: 1, b: 2 }, 2),
  ]).toEqual(['"a"', "null", "[]", "[1 item]", "{2 fields}"]);
});
