import { describe, expect, it } from "vitest";
import { axisOf, onto } from "./align";

const column = (begin: number, step: number, values: (number | null)[]) => ({
  at: values.map((_, i) => begin + i * step),
  values,
  step,
});

describe("onto", () => {
  it("lays yesterday on today", () => {
    const today = [86_400, 86_460, 86_520];
    expect(onto(today, column(0, 60, [1, 2, 3]), 86_400)).toEqual([1, 2, 3]);
  });

  it("takes the nearest where points do not lie on each other", () => {
    expect(onto([0, 60, 120], column(5, 60, [1, 2, 3]))).toEqual([1, 2, 3]);
    expect(onto([0, 60, 120], column(-25, 60, [1, 2, 3]))).toEqual([1, 2, 3]);
  });

  it("repeats what is kept more coarsely, for as long as it stands for", () => {
    expect(onto([0, 60, 120, 180, 240, 300, 360], column(120, 300, [7]))).toEqual([
      7,
      7,
      7,
      7,
      7,
      null,
      null,
    ]);
  });

  it("leaves gaps, and what was not measured, as gaps", () => {
    expect(onto([0, 60, 120, 180], column(0, 60, [1, null, 3]))).toEqual([1, null, 3, null]);
    expect(onto([0, 60], column(0, 60, []))).toEqual([null, null]);
  });
});

describe("axisOf", () => {
  it("is the finest, over all of them", () => {
    expect(axisOf([column(0, 60, [1, 1]), { ...column(-200, 20, [1]), later: 200 }])).toEqual([
      0, 20, 40, 60,
    ]);
    expect(axisOf([column(0, 60, [])])).toEqual([]);
  });
});
