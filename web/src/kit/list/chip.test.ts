import { expect, test } from "vitest";
import { switched } from "./chip";

test("values are added, taken away, and the last one takes its filter along", () => {
  const one = switched([], "tag", "web");
  const two = switched(one, "tag", "db");
  expect(two).toEqual([{ chip: "tag", values: ["web", "db"] }]);
  expect(switched(two, "tag", "web")).toEqual([{ chip: "tag", values: ["db"] }]);
  expect(switched(one, "tag", "web")).toEqual([]);
});

test("a test is on or off", () => {
  const on = switched([{ chip: "tag", values: ["web"] }], "high");
  expect(on).toHaveLength(2);
  expect(switched(on, "high")).toEqual([{ chip: "tag", values: ["web"] }]);
});
