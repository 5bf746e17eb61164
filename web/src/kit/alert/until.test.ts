import { expect, test } from "vitest";
import { untilOf } from "./until";

test("how long it lasts, from now", () => {
  const now = new Date(2026, 11, 31, 23, 30);
  expect(untilOf("resolved", now)).toBe("");
  expect(untilOf("1h", now)).toBe(new Date(2027, 0, 1, 0, 30).toISOString());
  expect(untilOf("tomorrow", now)).toBe(new Date(2027, 0, 1, 8).toISOString());
});
