// Sizes read and written as Docker does.
import { describe, expect, it } from "vitest";
import { readSize, writeSize } from "./size";

describe("sizes", () => {
  it("are read with and without a unit", () => {
    expect(["512m", "1.5g", "64 MiB", "10K", "100b", "0", "-1"].map(readSize)).toEqual([
      536870912, 1610612736, 67108864, 10240, 100, 0, -1,
    ]);
  });

  it("are refused when they are none", () => {
    expect(["", "lots", "-2", "1 2", "5x", "1e9"].map(readSize)).toEqual(Array(6).fill(undefined));
  });

  it("come back as they were written", () => {
    expect([0, -1, 1000, 1024, 536870912, 1610612736, 2 ** 40].map(writeSize)).toEqual([
      "0",
      "-1",
      "1000",
      "1k",
      "512m",
      "1536m",
      "1t",
    ]);
  });
});
