import { expect, test } from "vitest";
import { dayName, dayOf } from "./days";

test("days near by have names", () => {
  const now = new Date(2026, 10, 26, 12).getTime();
  expect(dayName("2026-11-26", now)).toBe("Today");
  expect(dayName("2026-11-25", now)).toBe("Yesterday");
  expect(dayName("2026-11-23", now)).toMatch(/23/);
  expect(dayName("2025-11-23", now)).toMatch(/2025/);
});

test("the first of a month comes after the last of the one before", () => {
  const now = new Date(2026, 10, 1, 0, 30).getTime();
  expect(dayName("2026-10-31", now)).toBe("Yesterday");
  expect(dayOf(new Date(2026, 0, 5).toISOString())).toBe("2026-01-05");
});
