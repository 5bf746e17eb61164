import { expect, test } from "vitest";
import { byNature, sorted } from "./sort";

test("numbers in names go by size, case aside", () => {
  expect(["web-10", "Web-2", "web-1", "api"].sort(byNature)).toEqual(["api", "web-1", "Web-2", "web-10"]);
});

const rows = [
  { name: "c", cpu: 4 },
  { name: "a", cpu: null },
  { name: "b", cpu: 9 },
  { name: "d", cpu: 4 },
  { name: "e", cpu: Number.NaN },
];
const names = (found: typeof rows) => found.map((row) => row.name).join("");

test("nothing comes last, whichever way", () => {
  expect(
    names(
      sorted(
        rows,
        (r) => r.cpu,
        false,
        (r) => r.name,
      ),
    ),
  ).toBe("cdbae");
  expect(
    names(
      sorted(
        rows,
        (r) => r.cpu,
        true,
        (r) => r.name,
      ),
    ),
  ).toBe("bcdae");
});

test("equals keep the order they came in without a tie", () => {
  expect(names(sorted(rows, () => 1, true))).toBe("cabde");
});

test("what is given stays as it is", () => {
  const given = Object.freeze([3, 1, 2]);
  expect(sorted(given, (n) => n, false)).toEqual([1, 2, 3]);
});
