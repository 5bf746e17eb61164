import { describe, expect, it } from "vitest";
import { type Entry, entry } from "./entry";
import type { Section } from "./find";
import { moved, shownOf } from "./lines";

const one = (key: string): Entry =>
  entry({ key, pieces: [{ text: key }], icon: () => null, order: 0, to: `/${key}` });
const section = (id: Section["id"], count: number, total = count): Section => ({
  id,
  title: id,
  entries: Array.from({ length: count }, (_, i) => one(`${id}${i}`)),
  total,
});
const asIs = (made: Entry) => made;

describe("shownOf", () => {
  it("says how many more there are, and shows them when asked", () => {
    const found = [section("go", 20), section("run", 2)];
    const few = shownOf(found, new Set(), asIs);
    expect(few.lines.find((line) => "more" in line)).toEqual({ key: "go/more", more: 11, section: "go" });
    expect([few.count, few.total]).toEqual([11, 22]);
    const all = shownOf(found, new Set(["go"] as const), asIs);
    expect([all.count, all.total, all.lines.length]).toEqual([22, 22, 22]);
  });

  it("knows an entry in two sections apart", () => {
    const twice = shownOf([section("go", 1), { ...section("go", 1), id: "recent" }], new Set(), asIs);
    expect(new Set(twice.lines.map(({ key }) => key)).size).toBe(2);
  });

  it("asks of each shown entry what is true now", () => {
    const [first] = shownOf([section("run", 1)], new Set(), (made) => ({ ...made, not: "busy" })).lines;
    expect(first).toMatchObject({ entry: { not: "busy" } });
  });
});

describe("moved", () => {
  const { lines } = shownOf([section("go", 3)], new Set(), asIs);

  it("goes on, and over both ends", () => {
    expect(moved(lines, "go/go0", 1)).toBe("go/go1");
    expect(moved(lines, "go/go2", 1)).toBe("go/go0");
    expect(moved(lines, "go/go0", -1)).toBe("go/go2");
  });

  it("stays nowhere where there is nothing", () => {
    expect(moved([], undefined, 1)).toBeUndefined();
  });
});
