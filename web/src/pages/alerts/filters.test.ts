import { expect, test } from "vitest";
import { askedOf, spansOf } from "./filters";

const NOW = Date.parse("2026-05-08T08:00:00Z");

test("what core narrows by itself", () => {
  const asked = askedOf({ q: "disk", f: "severity:Critical,server:web-1,since:Last 7 days" }, NOW);
  expect(asked).toEqual({
    severity: ["critical"],
    server: "web-1",
    text: "disk",
    since: "2026-05-01T08:00:00.000Z",
  });
});

test("of several servers it is not asked for one alone, and not for words apart", () => {
  expect(askedOf({ q: "disk web", f: "server:web-1,server:web-2" }, NOW)).toEqual({});
});

test("spans an instant lies in", () => {
  expect(spansOf(NOW - 2 * 3_600_000, NOW)).toEqual(["Last 24 h", "Last 7 days", "Last 30 days"]);
  expect(spansOf(NOW - 90 * 86_400_000, NOW)).toEqual([]);
});
