import { describe, expect, it } from "vitest";
import { stretches } from "./stretches";

describe("stretches", () => {
  it("ends where one of the two has no figure", () => {
    expect(stretches([1, 1, null, 1, 1], [2, 2, 2, 2, null])).toEqual([
      [0, 2],
      [3, 4],
    ]);
  });

  it("reaches from end to end, or is not there", () => {
    expect(stretches([1, 2], [3, 4])).toEqual([[0, 2]]);
    expect(stretches([null], [null])).toEqual([]);
    expect(stretches([], [])).toEqual([]);
  });
});
