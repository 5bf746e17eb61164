import { expect, test } from "vitest";
import { rankOf, type Sign, type Standing, worstTone } from "./State";

const sign = (tone: Sign["tone"], calm = ""): Sign => ({ alert: "A", tone, calm, count: 1 });
const ok: Standing = { tone: "ok", word: "Ok" };
const stopped: Standing = { tone: "off", word: "Stopped" };
const down: Standing = { tone: "bad", word: "Down" };

test("an alert makes worse what stands better, unless it is in hands", () => {
  expect(worstTone({ ...ok, alert: sign("warn") })).toBe("warn");
  expect(worstTone({ ...down, alert: sign("warn") })).toBe("bad");
  expect(worstTone({ ...ok, alert: sign("bad", "acknowledged") })).toBe("ok");
});

test("what does not work comes before what is alerted of, and that before what is well", () => {
  const order = [
    down,
    { ...ok, alert: sign("bad") },
    { tone: "warn", word: "Disk high" } as const,
    { ...ok, alert: sign("warn") },
    { tone: "busy", word: "Starting" } as const,
    stopped,
    { ...ok, alert: sign("bad", "acknowledged") },
    ok,
  ];
  const ranks = order.map(rankOf);
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  expect(new Set(ranks).size).toBe(ranks.length);
});
