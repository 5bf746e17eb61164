import { expect, test } from "vitest";
import { readView, type View, viewSearch, writeFilters, writeView } from "./view";

test("a view comes back from its URL as it was", () => {
  const view: View = {
    q: "api 8080",
    sort: { column: "status.state", down: true },
    filters: [
      { chip: "tag", values: ["a,b", "50%", "k:v"] },
      { chip: "high", values: [] },
      { chip: "state", values: ["Disk high"] },
    ],
    columns: ["name", "cpu"],
  };
  expect(readView(viewSearch({ ...writeView(view) }))).toEqual(view);
});

test("a view that is as by default leaves the URL alone", () => {
  const view: View = { q: "", sort: undefined, filters: [], columns: undefined };
  expect(Object.values(writeView(view)).every((part) => part === undefined)).toBe(true);
});

test("links say what they mean", () => {
  expect(
    writeFilters([
      { chip: "tag", values: ["web", "fsn"] },
      { chip: "high", values: [] },
    ]),
  ).toBe("tag:web,tag:fsn,high");
});

test("what the router reads as a number is a search all the same", () => {
  expect(viewSearch({ q: 8080, f: ["x"], other: "y" })).toEqual({ q: "8080" });
});
