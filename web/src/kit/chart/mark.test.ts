import { expect, test } from "vitest";
import { type Mark, nearest, within, withSearch } from "./mark";

const mark = (at: number, until?: number): Mark => ({
  at,
  until,
  kind: "deploy",
  title: `at ${at}`,
  href: "/",
});
const MARKS = [mark(10, 11), mark(20, 60), mark(90, 91)];

test("what began before and goes on is seen, newest first", () => {
  expect(within(MARKS, [40, 100]).map(({ at }) => at)).toEqual([90, 20]);
  expect(within(MARKS, [61, 80])).toEqual([]);
});

test("what goes on lies in all that is later than its begin", () => {
  const open = mark(30);
  expect(within([open], [61, 80])).toEqual([open]);
  expect(within([open], [10, 20])).toEqual([]);
});

test("the nearest is meant, and none that is far away", () => {
  expect(nearest(MARKS, 17, 8)?.at).toBe(20);
  expect(nearest(MARKS, 50, 8)).toBeUndefined();
});

test("what is on the same page keeps the zoom", () => {
  expect(withSearch({ since: "x", activity: "old" }, "?activity=A1")).toEqual({ since: "x", activity: "A1" });
});

test("an alert takes the drawer over from an activity, and an activity from an alert", () => {
  expect(withSearch({ range: "day", activity: "A1", line: 3 }, "?alert=W1")).toEqual({
    range: "day",
    alert: "W1",
  });
  expect(withSearch({ alert: "W1" }, "?activity=A1")).toEqual({ activity: "A1" });
});
