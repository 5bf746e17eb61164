import { expect, test } from "vitest";
import {
  candidates,
  inWords,
  levelsOf,
  type Overridden,
  ruleAt,
  stretchesOf,
  type WouldFire,
} from "./preview";
import { unitOf } from "./unit";
import type { RuleConfig } from "./words";

const config = (more: object): RuleConfig =>
  ({
    what: { kind: "server_figure", measure: "cpu", of: "", under: false },
    warning: 90,
    critical: 98,
    margin: 5,
    lasts: 300,
    calm: 120,
    severity: "warning",
    ...more,
  }) as unknown as RuleConfig;

test("levels, margin and times in words", () => {
  expect(inWords(config({}), "percent")).toBe(
    "Warning over 90%, critical over 98% for 5 min. Well again under 85% for 2 min.",
  );
  const free = {
    what: { kind: "server_figure", measure: "memory_available", under: true },
    critical: null,
    lasts: 0,
  };
  expect(inWords(config({ ...free, warning: 1073741824, margin: 1073741824 }), "bytes")).toBe(
    "Warning under 1 GiB. Well again over 2 GiB for 2 min.",
  );
  expect(inWords(config({ warning: null, critical: null }), "percent")).toMatch(/never/);
  expect(inWords(config({ what: { kind: "exited" }, lasts: 0 }), "")).toBe(
    "Warning at once. Over after 2 min.",
  );
});

test("a level from where on it is well again is drawn, too", () => {
  expect(levelsOf(config({ critical: null }), "percent").map(({ value, tone }) => [value, tone])).toEqual([
    [90, "warn"],
    [85, "off"],
  ]);
  expect(levelsOf(config({}), "hours")).toEqual([]);
});

test("where an override holds the rule says what it says", () => {
  const there: Overridden = { id: "A", warning: 95, critical: null, lasts: 600, off: false };
  expect(inWords(ruleAt(config({}), there), "percent")).toBe(
    "Warning over 95% for 10 min. Well again under 90% for 2 min.",
  );
  expect(ruleAt(config({}), undefined)).toEqual(config({}));
  expect(levelsOf(ruleAt(config({}), { ...there, off: true }), "percent")).toEqual([]);
});

test("units as the schema tells them", () => {
  const measure = { "x-choices": [{ value: "cpu", title: "CPU", unit: "percent" }] };
  const schema = { $defs: { ServerFigure: { properties: { measure } } } };
  expect(unitOf(config({}).what, schema)).toBe("percent");
  expect(unitOf(config({ what: { kind: "server_figure", measure: "x" } }).what, schema)).toBe("");
});

const fired = (id: string, what: string, opened: number, resolved: number | null): WouldFire =>
  ({
    id,
    what,
    severity: "warning",
    opened: new Date(opened * 1000).toISOString(),
    resolved: resolved === null ? null : new Date(resolved * 1000).toISOString(),
  }) as unknown as WouldFire;

test("where it would have fired comes first", () => {
  const all = [
    { id: "A", name: "web-10" },
    { id: "B", name: "web-2" },
    { id: "C", name: "web-1" },
  ];
  const found = candidates([fired("A", "", 1, 2), fired("A", "", 3, 4)], all);
  expect(found.map(({ name, times }) => [name, times])).toEqual([
    ["web-10", 2],
    ["web-1", 0],
    ["web-2", 0],
  ]);
});

test("what is open at the end lasts to the end", () => {
  const all = [fired("A", "/", 10, null), fired("A", "/srv", 10, 20), fired("B", "/", 10, 20)];
  expect(stretchesOf(all, "A", "/", 99)).toEqual([{ from: 10, to: 99, tone: "warn" }]);
});
