import { expect, test } from "vitest";
import type { Container } from "~/api/types";
import { NO_SIGNS } from "~/kit/alert/signs";
import type { Placed } from "~/pages/containers/placed";
import { notWell, rowsHere, worstFirst } from "./here";

const place = { id: "S", name: "web-1", silent: undefined };
const container = (name: string, more: object = {}): Container =>
  ({
    id: name,
    name,
    state: "running",
    health: "",
    reason: "",
    exit_code: null,
    labels: [],
    ...more,
  }) as unknown as Container;
const rows = (...all: Container[]): Placed[] => [
  ...rowsHere(
    new Map(all.map((one) => [one.id, one])),
    place,
    new Map([["D", { name: "api-1" }]]),
    NO_SIGNS,
    new Map(),
  ).values(),
];

test("a container with the label of a deployment there is, is that one's", () => {
  const [mine, foreign, stray] = rows(
    container("a", { labels: [["monitor.deployment", "D"]] }),
    container("b", { labels: [["monitor.deployment", "ELSEWHERE"]] }),
    container("c"),
  );
  expect([mine?.deployment, mine?.told.deployment]).toEqual(["api-1", "D"]);
  expect([foreign?.deployment, foreign?.told.deployment]).toEqual(["", ""]);
  expect(stray?.told.deployment).toBe("");
});

test("what did not change is the same row", () => {
  const all = new Map([["a", container("a")]]);
  const first = rowsHere(all, place, new Map(), NO_SIGNS, new Map());
  expect(rowsHere(all, place, new Map(), NO_SIGNS, first).get("a")).toBe(first.get("a"));
  expect(rowsHere(all, { ...place }, new Map(), NO_SIGNS, first).get("a")).not.toBe(first.get("a"));
});

test("trouble comes first, then names as people sort them", () => {
  const all = rows(
    container("web-10"),
    container("web-9"),
    container("old", { state: "exited", exit_code: 0 }),
    container("bad", { state: "restarting" }),
  );
  expect(worstFirst(all).map((row) => row.told.container.name)).toEqual(["bad", "old", "web-9", "web-10"]);
  expect(notWell(all)).toEqual([
    { word: "restarting", tone: "bad", count: 1 },
    { word: "exited", tone: "off", count: 1 },
  ]);
});
