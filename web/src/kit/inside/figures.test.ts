import { expect, test } from "vitest";
import { columnsOf, grown, WINDOW } from "./figures";
import type { ContainerUsage } from "./inside";

const sample = (second: number, cpu: number | null = 1): ContainerUsage =>
  ({
    at: new Date(second * 1000).toISOString(),
    cpu,
    memory: 5,
    receiving: 0,
    sending: 0,
    reading: 0,
    writing: 0,
    pids: 2,
  }) as ContainerUsage;

test("a sample that was there is not taken twice, and old ones go", () => {
  const first = grown([], sample(1000));
  expect(grown(first, sample(1000))).toBe(first);
  const later = grown(grown(first, sample(1001)), sample(1000 + WINDOW + 0.5));
  expect(later.map((each) => Date.parse(each.at) / 1000)).toEqual([1001, 1000 + WINDOW + 0.5]);
});

test("a time without samples is a gap, and a figure that is not known yet too", () => {
  const { at, columns } = columnsOf([sample(10, null), sample(11), sample(20)]);
  expect(at).toEqual([10, 11, 12, 20]);
  expect(columns.cpu).toEqual([null, 1, null, 1]);
  expect(columns.memory).toEqual([5, 5, null, 5]);
});
