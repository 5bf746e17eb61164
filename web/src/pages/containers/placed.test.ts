import { expect, test } from "vitest";
import type { Container } from "~/api/types";
import { NO_SIGNS } from "~/kit/alert/signs";
import type { ServerResource } from "~/resources/server/model";
import { keeperOf, type PlacedContainer, pageOf, placedOf, placesOf } from "./placed";
import { containerStanding, since } from "./standing";

const server = (name: string, status: object = {}) =>
  ({
    id: name,
    name,
    status: { state: "up", docker: true, since: "2026-01-01T00:00:00Z", ...status },
  }) as unknown as ServerResource;
const told = (more: Partial<Container> = {}, deployment = ""): PlacedContainer => ({
  server: "web-1",
  deployment,
  container: {
    id: "c",
    name: "api",
    state: "running",
    health: "",
    reason: "",
    exit_code: null,
    project: "",
    created: "2026-01-01T00:00:00Z",
    started: "2026-01-02T00:00:00Z",
    finished: null,
    ...more,
  } as Container,
});

const NONE = new Map();

test("a change of load alone changes no row", () => {
  const first = placesOf(new Map([["web-1", server("web-1", { cpu: 3 })]]), NONE);
  const second = placesOf(new Map([["web-1", server("web-1", { cpu: 4 })]]), first);
  expect(second).toBe(first);
  const containers = new Map([["web-1/c", told()]]);
  const rows = placedOf(containers, first, NONE, NO_SIGNS, NONE);
  expect(placedOf(containers, second, NONE, NO_SIGNS, rows).get("web-1/c")).toBe(rows.get("web-1/c"));
});

test("a silent server makes its rows out of date", () => {
  const up = placesOf(new Map([["web-1", server("web-1")]]), NONE);
  expect(up.get("web-1")?.silent).toBeUndefined();
  const down = placesOf(new Map([["web-1", server("web-1", { state: "down" })]]), up);
  expect(down.get("web-1")?.silent).toBe("2026-01-01T00:00:00Z");
  const quiet = placesOf(new Map([["web-1", server("web-1", { docker: false })]]), up);
  expect(quiet.get("web-1")?.silent).toBe("2026-01-01T00:00:00Z");
});

test("where its server may not be read, its deployment says whether anything is known of it", () => {
  const row = (state: string) =>
    placedOf(
      new Map([["k", told({}, "D")]]),
      NONE,
      new Map([["D", { name: "api-1", status: { state, since: "2026-01-01T00:00:00Z" } }]]),
      NO_SIGNS,
      NONE,
    ).get("k");
  expect([row("running")?.silent, row("unknown")?.silent]).toEqual([undefined, "2026-01-01T00:00:00Z"]);
  expect(row("running")?.place).toBeUndefined();
});

test("who keeps a container, and where its row leads", () => {
  const places = placesOf(new Map([["web-1", server("web-1")]]), NONE);
  const row = (each: PlacedContainer, deployments: ReadonlyMap<string, { name: string }> = NONE) => {
    const placed = placedOf(new Map([["k", each]]), places, deployments, NO_SIGNS, NONE).get("k");
    if (!placed) throw new Error("no row");
    return placed;
  };
  const managed = row(told({}, "D"), new Map([["D", { name: "api-1" }]]));
  expect([keeperOf(managed), pageOf(managed)]).toEqual(["managed", "/deployments/api-1"]);
  const hidden = row(told({}, "D"));
  expect(pageOf(hidden)).toBe("/servers/web-1/containers/api");
  expect(keeperOf(row(told({ project: "monitoring" })))).toBe("compose");
  expect(keeperOf(row(told()))).toBe("none");
});

test("an end that nobody asked for is trouble", () => {
  const word = (more: Partial<Container>) => containerStanding(told(more).container, true);
  expect(word({ state: "exited", exit_code: 0 }).tone).toBe("off");
  expect(word({ state: "exited", exit_code: 137 }).tone).toBe("off");
  expect(
    word({ state: "exited", exit_code: 137, reason: "exit code 137 (SIGKILL), out of memory" }).tone,
  ).toBe("bad");
  expect(word({ state: "exited", exit_code: 1 })).toEqual({ tone: "bad", word: "Exited" });
  expect(word({ health: "unhealthy", reason: "3 checks failed" })).toEqual({
    tone: "bad",
    word: "Unhealthy",
    reason: "3 checks failed",
  });
});

test("what nobody keeps may have ended", () => {
  const ended = told({ state: "exited", exit_code: 1, reason: "exit code 1" }).container;
  expect(containerStanding(ended, false)).toEqual({ tone: "off", word: "Exited", reason: "exit code 1" });
});

test("what has ended has been so since its end", () => {
  const ended = told({ state: "exited", finished: "2026-01-03T00:00:00Z" }).container;
  expect(since(ended)).toBe("2026-01-03T00:00:00Z");
  expect(since(told().container)).toBe("2026-01-02T00:00:00Z");
});

test("a container has its deployment's alert, and one of nobody its own", () => {
  const places = placesOf(new Map([["web-1", server("web-1")]]), NONE);
  const sign = { alert: "A", tone: "bad", calm: "", count: 1 } as const;
  const signs = { of: new Map(), ofContainers: new Map([["D", sign]]) };
  const stray = { of: new Map(), ofContainers: new Map([["web-1/api", sign]]) };
  const row = (deployment: string, all: typeof signs) =>
    placedOf(new Map([["k", { ...told({ name: "api" }), deployment }]]), places, NONE, all, NONE).get("k");
  expect(row("D", signs)?.alert).toBe(sign);
  expect(row("", signs)?.alert).toBeUndefined();
  expect(row("", stray)?.alert).toBe(sign);
  expect(row("D", stray)?.alert).toBeUndefined();
});
