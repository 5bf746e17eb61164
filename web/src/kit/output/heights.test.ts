import { expect, it } from "vitest";
import { Heights } from "./heights";

function filled(count: number, height: (at: number) => number): Heights {
  const heights = new Heights();
  for (let at = 0; at < count; at++) heights.set(at, height(at));
  return heights;
}

it("agrees with a plain sum", () => {
  const heights = filled(2000, (at) => 18 * (1 + (at % 3)));
  let y = 0;
  for (let at = 0; at < 2000; at++) {
    expect(heights.top(at)).toBe(y);
    expect(heights.find(y)).toBe(at);
    expect(heights.find(y + heights.get(at) - 1)).toBe(at);
    y += heights.get(at);
  }
  expect(heights.total).toBe(y);
});

it("takes another height for a row", () => {
  const heights = filled(1000, () => 18);
  heights.set(700, 54);
  expect(heights.top(701)).toBe(701 * 18 + 36);
  expect(heights.total).toBe(1000 * 18 + 36);
});

it("drops rows from the start, whole blocks and parts of one", () => {
  const heights = filled(3000, () => 18);
  heights.drop(1300);
  expect(heights.top(1300)).toBe(0);
  expect(heights.total).toBe(1700 * 18);
  expect(heights.find(0)).toBe(1300);
  heights.set(3000, 36);
  expect(heights.top(3001)).toBe(1700 * 18 + 36);
  heights.drop(3001);
  expect(heights.total).toBe(0);
  heights.set(3001, 18);
  expect(heights.find(5)).toBe(3001);
});

it("begins anywhere", () => {
  const heights = new Heights();
  heights.drop(10_000);
  heights.set(10_000, 18);
  heights.set(10_001, 18);
  expect(heights.top(10_001)).toBe(18);
  expect(heights.find(20)).toBe(10_001);
});

it("answers the nearest row for what lies outside", () => {
  const heights = filled(10, () => 18);
  expect(heights.find(-100)).toBe(0);
  expect(heights.find(1e9)).toBe(9);
});
