import { expect, test } from "vitest";
import type { Deployment } from "~/api/types";
import type { ServerResource } from "~/resources/server/model";
import { firstSteps } from "./progress";

const server = (name: string, pin: string, status: object, created = "2026-01-01"): ServerResource =>
  ({ name, created, info: { pin }, status }) as unknown as ServerResource;
const deployment = (deployed: string | null, state: string): Deployment =>
  ({ info: { deployed }, status: { state } }) as unknown as Deployment;
const UP = { state: "up", docker: true, containers: 4 };

test("an empty core has everything before it", () => {
  expect(firstSteps([], [])).toEqual({
    alone: true,
    joined: undefined,
    waiting: undefined,
    containers: undefined,
    deployed: false,
    done: false,
  });
});

test("the oldest server that waits is the one to go on with", () => {
  const waits = { state: "waiting", docker: false, containers: 0 };
  const all = [server("b", "", waits, "2026-01-02"), server("a", "", waits, "2026-01-01")];
  expect(firstSteps(all, [])).toMatchObject({ alone: true, waiting: { name: "a" }, joined: undefined });
});

test("containers are counted once a Docker told them", () => {
  expect(firstSteps([server("a", "pin", { ...UP, docker: false })], []).containers).toBeUndefined();
  expect(firstSteps([server("a", "pin", UP)], []).alone).toBe(false);
  expect(firstSteps([server("a", "pin", UP), server("b", "pin", UP)], []).containers).toBe(8);
});

test("it is done when a host has joined and something was deployed, even if it does not run now", () => {
  const all = [server("a", "pin", { ...UP, state: "down" })];
  expect(firstSteps(all, [deployment(null, "not_deployed")]).done).toBe(false);
  expect(firstSteps(all, [deployment(null, "unknown")]).done).toBe(false);
  expect(firstSteps(all, [deployment("2026-01-01", "exited")]).done).toBe(true);
});
