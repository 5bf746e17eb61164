import { expect, test } from "vitest";
import { NAMES, type Series } from "~/kit/chart/series";
import { lastKnown, untilNow } from "./away";

test("while a server is away its chart goes on empty", () => {
  const columns = Object.fromEntries(NAMES.map((name) => [name, [1, 2]])) as unknown as Series["columns"];
  const away = untilNow({ at: [10, 20], columns }, 100);
  expect(away.at).toEqual([10, 20, 100]);
  expect(away.columns.cpu).toEqual([1, 2, null]);
  expect(untilNow(away, 100)).toBe(away);
  expect(lastKnown(away.columns.cpu)).toBe(2);
  expect(lastKnown([null])).toBeUndefined();
});
