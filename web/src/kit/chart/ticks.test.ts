import { describe, expect, it } from "vitest";
import { clockAt, instant, ticks } from "./ticks";

const NOON = new Date(2026, 10, 26, 12, 0, 0).getTime() / 1000;

describe("ticks", () => {
  it("labels round times of the viewer's zone", () => {
    const found = ticks(NOON + 130, NOON + 130 + 3600, 340);
    expect(found.map((tick) => tick.label)).toEqual(["12:15", "12:30", "12:45", "13:00"]);
  });

  it("labels no more than have room", () => {
    for (const span of [10, 60, 900, 3600, 86400, 7 * 86400, 30 * 86400]) {
      for (const width of [60, 200, 380, 1200]) {
        expect(ticks(NOON, NOON + span, width).length).toBeLessThanOrEqual(Math.floor(width / 84) + 2);
      }
    }
  });

  it("names days where the span is of days", () => {
    expect(ticks(NOON, NOON + 6 * 86400, 340).every((tick) => !tick.label.includes(":"))).toBe(true);
  });

  it("writes seconds only where they tell something", () => {
    expect(clockAt(NOON + 5, true)).toBe("12:00:05");
    expect(instant(NOON + 5, 900)).toBe("12:00:05");
    expect(instant(NOON + 5, 12 * 3600)).toBe("12:00");
    expect(instant(NOON, 3 * 86400)).toMatch(/26.* 12:00$/);
  });
});
