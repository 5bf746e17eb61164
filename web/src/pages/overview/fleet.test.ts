import { expect, test } from "vitest";
import type { ServerResource } from "~/resources/server/model";
import type { Trend } from "~/resources/server/trends";
import { fleetUse } from "./fleet";

const server = (id: string, cores: number, state = "up"): ServerResource =>
  ({ id, status: { state, cores, memory_total: 1000 } }) as unknown as ServerResource;
const trend = (cpu: (number | null)[], at = 100): Trend => ({
  cpu,
  memory: cpu,
  disk: cpu,
  received: cpu,
  sent: cpu,
  step: 30,
  at,
});

test("the large count for more", () => {
  const servers = [server("a", 30), server("b", 10)];
  const use = fleetUse(
    servers,
    new Map([
      ["a", trend([50])],
      ["b", trend([10])],
    ]),
  );
  expect(use.cores).toBe(40);
  expect(use.cpu).toEqual([40]);
  expect(use.at).toEqual([3000]);
  expect(use.network).toEqual([120]);
});

test("one that has nothing new to say is as it was, one that is down uses nothing", () => {
  const servers = [server("a", 10), server("b", 10), server("c", 10, "down")];
  const use = fleetUse(
    servers,
    new Map([
      ["a", trend([20, 30], 101)],
      ["b", trend([40], 100)],
      ["c", trend([60], 100)],
    ]),
  );
  expect(use.cpu.map((value) => value && Math.round(value))).toEqual([40, 23]);
});

test("few of many say nothing about all", () => {
  const servers = [server("a", 10), server("b", 10), server("c", 10)];
  const use = fleetUse(
    servers,
    new Map([
      ["a", trend([20, 30])],
      ["b", trend([null, 40])],
      ["c", trend([null, 50])],
    ]),
  );
  expect(use.cpu).toEqual([40]);
  expect(fleetUse([], new Map())).toMatchObject({ at: [], cpu: [], cores: 0 });
});
