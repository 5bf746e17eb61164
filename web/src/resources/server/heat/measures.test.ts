import { expect, test } from "vitest";
import type { ServerStatus } from "../model";
import { MEASURES, measureOf } from "./measures";

const status = (given: Partial<ServerStatus>) =>
  ({
    cpu: null,
    memory: null,
    disk: null,
    load: null,
    cores: null,
    temperature: null,
    received: null,
    sent: null,
    ...given,
  }) as ServerStatus;
const told = (id: string, given: Partial<ServerStatus>) => {
  const measure = measureOf(id);
  const figure = measure.of(status(given));
  return figure === null ? null : [measure.write(figure), Math.round(measure.share(figure))];
};

test("what is not known has no figure, so that no shade is taken for a low one", () => {
  for (const measure of MEASURES) expect(measure.of(status({}))).toBeNull();
  expect(told("load", { load: 3, cores: 0 })).toBeNull();
});

test("percents are their own shade", () => {
  expect(told("cpu", { cpu: 42.4 })).toEqual(["42%", 42]);
  expect(told("disk", { disk: 103 })).toEqual(["103%", 100]);
});

test("load is told by core, and more than one task a core is no darker", () => {
  expect(told("load", { load: 8, cores: 16 })).toEqual(["0.50", 50]);
  expect(told("load", { load: 64, cores: 16 })).toEqual(["4.00", 100]);
});

test("temperatures begin where machines are cool", () => {
  expect(told("temperature", { temperature: 20 })).toEqual(["20 °C", 0]);
  expect(told("temperature", { temperature: 95 })).toEqual(["95 °C", 100]);
});

test("each order of a rate has the same part of the shade", () => {
  const shares = [1.25e4, 1.25e5, 1.25e6].map((rate) => told("network", { received: rate, sent: 0 })?.[1]);
  expect(shares).toEqual([17, 33, 50]);
  expect(told("network", { received: 0, sent: 0 })).toEqual(["0 bit/s", 0]);
});

test("an unknown measure is the first", () => {
  expect(measureOf("nonsense").id).toBe("cpu");
});
