import { describe, expect, it } from "vitest";
import { momentOf } from "./moment";

const NOW = new Date(2026, 10, 27, 12, 30).getTime();

describe("momentOf", () => {
  it("reads how long ago", () => {
    expect(momentOf("15m", NOW)).toBe(NOW - 15 * 60_000);
    expect(momentOf("1h30m ago", NOW)).toBe(NOW - 90 * 60_000);
    expect(momentOf("2d", NOW)).toBe(NOW - 172_800_000);
  });

  it("reads an hour of today, a day, and both", () => {
    expect(momentOf("9:05", NOW)).toBe(new Date(2026, 10, 27, 9, 5).getTime());
    expect(momentOf("2026-11-26", NOW)).toBe(new Date(2026, 10, 26).getTime());
    expect(momentOf("2026-11-26 23:10", NOW)).toBe(new Date(2026, 10, 26, 23, 10).getTime());
    expect(momentOf("2026-11-26T23:10:00Z", NOW)).toBe(Date.UTC(2026, 10, 26, 23, 10));
  });

  it("says where it is none", () => {
    for (const text of ["", "soon", "25:00", "15", "m", "2026-99-99", "1e5"])
      expect(momentOf(text, NOW)).toBeUndefined();
  });
});
