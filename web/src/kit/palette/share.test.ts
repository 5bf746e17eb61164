import { describe, expect, it } from "vitest";
import type { Entry } from "./entry";
import type { Section, SectionId } from "./find";
import { shared } from "./share";

const section = (id: SectionId, count: number): Section => ({
  id,
  title: id,
  entries: Array.from({ length: count }, () => ({}) as Entry),
  total: count,
});
const none = new Set<SectionId>();

describe("shared", () => {
  it("gives each its share", () => {
    expect(shared([section("go", 60), section("run", 60), section("recent", 20)], none)).toEqual([5, 4, 2]);
  });

  it("gives what one leaves free to the others", () => {
    expect(shared([section("go", 60), section("run", 1)], none)).toEqual([10, 1]);
    expect(shared([section("go", 2), section("run", 9), section("recent", 9)], none)).toEqual([2, 7, 2]);
    expect(shared([section("run", 60)], none)).toEqual([11]);
  });

  it("shows all of one that was asked to, but never more than sixty lines", () => {
    expect(shared([section("go", 30), section("run", 60)], new Set<SectionId>(["go"]))).toEqual([30, 4]);
    const both = shared([section("go", 60), section("run", 60)], new Set<SectionId>(["go", "run"]));
    expect(both.reduce((a, b) => a + b)).toBeLessThanOrEqual(65);
  });
});
