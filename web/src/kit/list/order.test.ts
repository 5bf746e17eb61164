import { expect, test } from "vitest";
import { keptOrder } from "./order";

test("rows stay where they are, whatever the new order says", () => {
  expect(keptOrder(["a", "b", "c"], ["c", "b", "a"])).toEqual(["a", "b", "c"]);
});

test("what is gone goes, what is new stands after the one it follows", () => {
  expect(keptOrder(["a", "b", "c"], ["x", "c", "y", "z", "a"])).toEqual(["x", "a", "c", "y", "z"]);
});

test("with nothing to keep the new order holds", () => {
  expect(keptOrder([], ["b", "a"])).toEqual(["b", "a"]);
  expect(keptOrder(["a"], [])).toEqual([]);
});
