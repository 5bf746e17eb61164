import { expect, test } from "vitest";
import type { ServerStatus } from "./model";
import { LONGEST, trendFrom, withStatus } from "./trends";

const answer = {
  server: "S",
  step: 30,
  cpu: [1, 2, 3],
  memory: [4, 4, 4],
  disk: [5, 5, 5],
  received: [],
  sent: [],
};
const status = (cpu: number | null) =>
  ({ cpu, memory: 4, disk: 5, received: 7, sent: 8 }) as unknown as ServerStatus;
const T = 30_000 * 1000;

test("within a step the newest point follows the live figure", () => {
  const trend = withStatus(withStatus(trendFrom(answer, T), status(9), T + 5000), status(8), T + 29_999);
  expect(trend.cpu).toEqual([1, 2, 8]);
  expect(trend.received).toEqual([7]);
});

test("a step later a point is added", () => {
  expect(withStatus(trendFrom(answer, T), status(9), T + 30_000).cpu).toEqual([1, 2, 3, 9]);
});

test("steps without word were steady, for a change would have been told", () => {
  expect(withStatus(trendFrom(answer, T), status(9), T + 4 * 30_000).cpu).toEqual([1, 2, 3, 3, 3, 3, 9]);
});

test("a server that went away leaves a gap", () => {
  const away = withStatus(trendFrom(answer, T), status(null), T + 30_000);
  expect(withStatus(away, status(6), T + 3 * 30_000).cpu).toEqual([1, 2, 3, null, null, 6]);
});

test("only the last half hour is kept", () => {
  let trend = withStatus(undefined, status(0), T);
  for (let i = 1; i <= 100; i++) trend = withStatus(trend, status(i), T + i * 30_000);
  expect(trend.cpu).toHaveLength(LONGEST);
  expect(trend.cpu.at(-1)).toBe(100);
  expect(withStatus(trend, status(7), T + 1e9).cpu).toHaveLength(LONGEST);
});

test("a clock set back adds nothing and loses nothing", () => {
  const trend = withStatus(trendFrom(answer, T), status(9), T - 60_000);
  expect(trend.cpu).toEqual([1, 2, 9]);
  expect(trend.at).toBe(T / 30_000);
});
