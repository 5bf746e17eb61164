import { describe, expect, it } from "vitest";
import { scaleFor, type Unit } from "./scale";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const shown = (unit: Unit, highest: number, max?: number) => {
  const scale = scaleFor(unit, highest, max);
  return [...scale.lines.map(scale.label), scale.word];
};

describe("scaleFor", () => {
  it("puts a line at half and at all of what is known to be full", () => {
    expect(shown("percent", 12, 100)).toEqual(["50%", "100%", ""]);
    expect(shown("bytes", 3 * GIB, 64 * GIB)).toEqual(["32", "64", "GiB"]);
    expect(shown("bytes", 3 * GIB, 62.8 * GIB)).toEqual(["30", "60", "GiB"]);
  });

  it("keeps the full value inside the chart, and more than full too", () => {
    expect(scaleFor("percent", 40, 100).top).toBeGreaterThan(100);
    expect(scaleFor("percent", 130, 100).top).toBe(130);
  });

  it("finds round lines for a value without a limit, in one unit", () => {
    expect(shown("byteRate", 120 * MIB)).toEqual(["60", "120", "MiB/s"]);
    expect(shown("bits", 50_000_000)).toEqual(["200", "400", "Mbit/s"]);
    expect(shown("number", 3)).toEqual(["2", "4", ""]);
    expect(shown("percent", 0.4)).toEqual(["0.50%", "1%", ""]);
  });

  it("never lets the highest value leave the chart", () => {
    for (let i = 0; i < 2000; i++) {
      const highest = 1.013 ** i;
      for (const unit of ["bits", "byteRate", "number", "bytes"] as const) {
        const scale = scaleFor(unit, highest);
        expect(scale.top).toBeGreaterThanOrEqual(highest * 0.999);
        expect(scale.lines[1]).toBeLessThan(scale.top);
      }
    }
  });

  it("shows a chart of zeros as an empty one", () => {
    expect(scaleFor("bits", 0).top).toBeGreaterThan(0);
    expect(shown("byteRate", 0)).toEqual(["500", "1000", "B/s"]);
  });

  it("writes figures with three digits in the chart's unit", () => {
    const scale = scaleFor("bits", 50_000_000);
    expect(scale.write(30_750_000)).toBe("246");
    expect(scale.write(125_000)).toBe("1");
    expect(scaleFor("percent", 5, 100).write(33.71)).toBe("33.7%");
    expect(scaleFor("percent", 5, 100).write(100)).toBe("100%");
  });
});
