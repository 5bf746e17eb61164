import { describe, expect, it } from "vitest";
import { figuresOf, indexOf, inText } from "./summary";

describe("figuresOf", () => {
  it("leaves gaps out", () => {
    expect(figuresOf([1, null, 3, 5, null])).toEqual({ min: 1, avg: 3, max: 5, now: null });
    expect(figuresOf([9, null, 3, 5], 1)).toEqual({ min: 3, avg: 4, max: 5, now: 5 });
    expect(figuresOf([9, 3, 5, 7], 1, 3)).toEqual({ min: 3, avg: 4, max: 5, now: 5 });
  });

  it("knows that there is nothing", () => {
    expect(figuresOf([])).toBeUndefined();
    expect(figuresOf([null, null])).toBeUndefined();
  });
});

describe("indexOf", () => {
  it("finds the first that is not before", () => {
    expect([0, 1, 1.5, 3, 9].map((time) => indexOf([1, 2, 3], time))).toEqual([0, 0, 1, 2, 3]);
  });
});

describe("inText", () => {
  const write = (value: number) => `${value} Mbit/s`;

  it("says now, lowest, average and highest of each series", () => {
    const received = { label: "in", figures: figuresOf([2, 4]) };
    const sent = { label: "out", figures: undefined };
    expect(inText("CPU", 900, [received], write)).toBe(
      "CPU over 15 min: now 4 Mbit/s, lowest 2 Mbit/s, average 3 Mbit/s, highest 4 Mbit/s.",
    );
    expect(inText("Network", 3600, [received, sent], write)).toContain("; out no samples.");
  });
});
