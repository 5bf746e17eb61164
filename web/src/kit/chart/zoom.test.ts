import { describe, expect, it } from "vitest";
import { beside, bounded, closer, readZoom, SHORTEST, wider, writeTime } from "./zoom";

const NOW = 10_000;

describe("a zoom", () => {
  it("keeps the instant it goes closer to where it stands", () => {
    expect(closer([1000, 2000], 1250, NOW)).toEqual([1125, 1625]);
  });

  it("gets twice as wide around its middle, and ends now at the latest", () => {
    expect(wider([4000, 6000], NOW)).toEqual([3000, 7000]);
    expect(wider([8000, 10_000], NOW)).toEqual([6000, 10_000]);
  });

  it("moves by half of itself, and keeps its length at now", () => {
    expect(beside([4000, 6000], -1, NOW)).toEqual([3000, 5000]);
    expect(beside([4000, 6000], 1, NOW)).toEqual([5000, 7000]);
    expect(beside([7500, 9500], 1, NOW)).toEqual([8000, 10_000]);
  });

  it("is never shorter than there are samples for", () => {
    const [from, to] = bounded([5000, 5003], NOW);
    expect(to - from).toBe(SHORTEST);
    let range: readonly [number, number] = [4000, 6000];
    for (let i = 0; i < 30; i++) range = closer(range, 5000, NOW);
    expect(range[1] - range[0]).toBe(SHORTEST);
  });

  it("is written and read again", () => {
    const at = Date.parse("2026-11-27T07:12:30Z") / 1000;
    expect(writeTime(at)).toBe("2026-11-27T07:12:30Z");
    expect(readZoom(writeTime(at), writeTime(at + 60))).toEqual([at, at + 60]);
  });

  it("is none where an address makes no sense", () => {
    expect(readZoom("yesterday", "2026-11-27T07:12:30Z")).toBeUndefined();
    expect(readZoom("2026-11-27T08:12:30Z", "2026-11-27T07:12:30Z")).toBeUndefined();
    expect(readZoom("2026-11-27T08:12:30Z", undefined)).toBeUndefined();
  });
});
