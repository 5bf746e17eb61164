import { expect, test } from "vitest";
import type { Activity, Build } from "~/api/types";
import { builderLines } from "./lines";

const run = (id: string, build: string, more: object): Activity =>
  ({
    id,
    operation: "build.run",
    what: { type: "build", id: build, name: build },
    server: "",
    turn: null,
    ...more,
  }) as unknown as Activity;
const builds = new Map([["docs", { config: { builder: { server: "two" } } } as unknown as Build]]);

test("builds stand by their builder, in their turn", () => {
  const turn = { lane: "builder", id: "one", place: 1, waiting: 1 };
  const lines = builderLines(
    [
      run("c", "docs", { state: "queued" }),
      run("b", "api", { state: "queued", turn }),
      run("a", "site", { state: "running", server: "one" }),
      run("0", "old", { state: "succeeded", server: "one" }),
      run("d", "x", { state: "running", operation: "build.redeploy" }),
    ],
    builds,
  );
  const told = lines.map(({ server, running, waiting }) => [
    server,
    running.map(({ id }) => id).join(""),
    waiting.map(({ id }) => id).join(""),
  ]);
  expect(told).toEqual([
    ["one", "a", "b"],
    ["two", "", "c"],
  ]);
});
