import { expect, test } from "vitest";
import { counted } from "./listStanding";

test("one word where they agree, a general one where they do not", () => {
  const found = counted([
    { tone: "ok", word: "Running" },
    { tone: "ok", word: "Healthy" },
    { tone: "bad", word: "Unhealthy" },
    { tone: "bad", word: "Unhealthy" },
    { tone: "off", word: "Stopped" },
  ]);
  expect(found).toEqual([
    { tone: "ok", count: 2, word: "ok" },
    { tone: "bad", count: 2, word: "unhealthy" },
  ]);
});

test("none in trouble is said, too", () => {
  expect(counted([])).toEqual([
    { tone: "ok", count: 0, word: "ok" },
    { tone: "bad", count: 0, word: "in trouble" },
  ]);
});

test("what stands well but for an alert counts as that", () => {
  const alert = { alert: "A", tone: "bad", calm: "", count: 1 } as const;
  const ok = { tone: "ok", word: "Ok" } as const;
  expect(counted([ok, { ...ok, alert }])).toEqual([
    { tone: "ok", count: 1, word: "ok" },
    { tone: "bad", count: 1, word: "critical" },
  ]);
  expect(counted([{ ...ok, alert: { ...alert, calm: "acknowledged" } }])[0]).toEqual({
    tone: "ok",
    count: 1,
    word: "ok",
  });
});
