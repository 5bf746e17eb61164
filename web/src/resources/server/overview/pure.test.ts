import { expect, test, vi } from "vitest";
import type { Activity } from "~/api/types";
import { NAMES, type Series } from "~/kit/chart/series";
import { lastKnown, untilNow } from "./away";
import { forecast } from "./forecast";
import { clockSkew, type FileSystem, ordered } from "./host";
import { marksOf } from "./marks";

const every = (seconds: number, count: number) => Array.from({ length: count }, (_, i) => 1000 + i * seconds);

test("a disk that grows steadily is full when the line says so", () => {
  const at = every(5, 361);
  const found = forecast(
    at,
    at.map((t) => 93 + ((t - 1000) / 3600) * 0.75),
  );
  expect(found?.growth).toBeCloseTo(0.75, 3);
  expect((found?.left ?? 0) / 3600).toBeCloseTo((7 - 0.375) / 0.75, 2);
});

test("percents told to a tenth are enough", () => {
  const at = every(5, 361);
  const found = forecast(
    at,
    at.map((t) => Math.round((93 + ((t - 1000) / 3600) * 0.75) * 10) / 10),
  );
  expect(found?.growth).toBeGreaterThan(0.6);
  expect(found?.growth).toBeLessThan(0.9);
});

test("nothing is foretold from noise, a shrinking disk, a short look or gaps alone", () => {
  const at = every(5, 361);
  expect(
    forecast(
      at,
      at.map((_, i) => 93 + (i % 2) * 0.1),
    ),
  ).toBeUndefined();
  expect(
    forecast(
      at,
      at.map((_, i) => 93 - i * 0.01),
    ),
  ).toBeUndefined();
  expect(
    forecast(
      every(5, 100),
      every(5, 100).map((_, i) => 50 + i),
    ),
  ).toBeUndefined();
  expect(
    forecast(
      at,
      at.map(() => null),
    ),
  ).toBeUndefined();
  expect(forecast([], [])).toBeUndefined();
});

test("what is far away is not foretold", () => {
  const at = every(10, 361);
  expect(
    forecast(
      at,
      at.map((t) => 20 + ((t - 1000) / 3600) * 0.16),
    ),
  ).toBeUndefined();
});

test("the fullest file systems come first", () => {
  const disk = (mount: string, used: number): FileSystem => ({ mount, device: "", total: 100, used });
  const all = [disk("/b", 45), disk("/a", 45), disk("/full", 93), disk("/boot", 12)];
  expect(ordered(all).map((one) => one.mount)).toEqual(["/full", "/a", "/b", "/boot"]);
});

test("clocks that agree within seconds agree", () => {
  expect(clockSkew("2026-01-01T00:00:03Z", Date.parse("2026-01-01T00:00:00Z") / 1000)).toBe(0);
  expect(clockSkew("2026-01-01T00:03:00Z", Date.parse("2026-01-01T00:00:00Z") / 1000)).toBe(180);
  expect(clockSkew("2026-01-01T00:03:00Z", undefined)).toBe(0);
});

test("deploys and builds on this server are marked, nothing else", () => {
  const activity = (more: object): Activity =>
    ({
      id: "A",
      operation: "deployment.deploy",
      server: "S",
      state: "succeeded",
      ended: "2026-01-01T00:01:00Z",
      who: { name: "ana" },
      what: { name: "api" },
      ...more,
    }) as unknown as Activity;
  const open = vi.fn();
  const marks = marksOf(
    [
      activity({ id: "B", operation: "build.run", ended: "2026-01-01T00:00:00Z", state: "failed" }),
      activity({}),
      activity({ server: "other" }),
      activity({ ended: null, state: "running" }),
      activity({ operation: "deployment.update" }),
    ],
    "S",
    open,
  );
  expect(marks.map((mark) => mark.label)).toEqual(["ana built api: failed", "ana deployed api"]);
  marks[0]?.open?.();
  expect(open).toHaveBeenCalledWith("B");
});

test("while a server is away its chart goes on empty", () => {
  const columns = Object.fromEntries(NAMES.map((name) => [name, [1, 2]])) as unknown as Series["columns"];
  const away = untilNow({ at: [10, 20], columns }, 100);
  expect(away.at).toEqual([10, 20, 100]);
  expect(away.columns.cpu).toEqual([1, 2, null]);
  expect(untilNow(away, 100)).toBe(away);
  expect(lastKnown(away.columns.cpu)).toBe(2);
  expect(lastKnown([null])).toBeUndefined();
});
