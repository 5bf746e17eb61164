import { expect, test } from "vitest";
import type { PastColumns } from "~/kit/chart/past";
import { around, keptOf, type What } from "./past";

const past = (columns: Record<string, (number | null)[]>): PastColumns => ({
  at: [0, 10],
  step: 10,
  columns: new Map(
    Object.entries(columns).map(([key, values]) => {
      const [measure = "", thing = ""] = key.split(":");
      return [
        key,
        { key, title: "", thing, measure, unit: "space", values, low: undefined, high: undefined },
      ];
    }),
  ),
});
const OF = { type: "server", id: "S" };

test("how full a disk is, each by itself", () => {
  const found = keptOf({ kind: "server_figure", measure: "disk" } as What, OF);
  const known = past({ "disk_used:/": [50, null], "disk_total:/": [100, 100], "disk_used:/srv": [1, 1] });
  expect(found?.of).toEqual({ path: "/servers/S/usage_history", metrics: ["disk_used", "disk_total"] });
  expect(found?.things(known)).toEqual(["/", "/srv"]);
  expect(found?.values(known, "/", 1)).toEqual([50, null]);
  expect(found?.values(known, "/srv", 1)).toEqual([null, null]);
});

test("load for each core, and nothing where cores are not known", () => {
  const found = keptOf({ kind: "server_figure", measure: "load_per_core" } as What, OF);
  expect(found?.values(past({ load5: [8, null] }), "", 4)).toEqual([2, null]);
  expect(found?.values(past({ load5: [8, null] }), "", 0)).toEqual([null, null]);
});

test("a container that is no deployment's, and what is no figure", () => {
  const what = { kind: "container_figure", measure: "cpu" } as What;
  expect(keptOf(what, { ...OF, container: "db" })?.of.query).toEqual({ container: "db" });
  expect(keptOf({ kind: "exited" } as What, OF)).toBeUndefined();
});

test("the time around an alert ends now", () => {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  expect(around({ since: at(10_000), resolved: at(20_000) }, 100_000)).toEqual([5000, 25_000]);
  expect(around({ since: at(10_000), resolved: null }, 10_060)).toEqual([8200, 10_060]);
});
