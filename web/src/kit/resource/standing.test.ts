import { expect, test } from "vitest";
import type { Activity, Resource } from "~/api/types";
import { derivedStanding, doing } from "./standing";

const resource = (status: object): Resource =>
  ({
    id: "1",
    name: "api",
    status,
    tags: [],
    can: [],
    names: {},
    config: {},
    info: {},
  }) as unknown as Resource;
const activity = (state: string, more: object = {}): Activity =>
  ({ id: "A", operation: "deployment.deploy", state, waiting_for: "", ...more }) as unknown as Activity;

test("verbs become what is being done", () => {
  const verbs = ["deployment.deploy", "build.run", "deployment.stop", "deployment.remove", "server.update"];
  expect(verbs.map(doing)).toEqual(["Deploying", "Building", "Stopping", "Removing", "Updating"]);
});

test("what is running says more than what was", () => {
  const known = { resource: resource({ state: "running" }), open: [activity("running")], runs: [] };
  expect(derivedStanding(known)).toEqual({ tone: "busy", word: "Deploying" });
});

test("what waits says so", () => {
  const open = [activity("queued", { waiting_for: "another deploy" })];
  expect(derivedStanding({ resource: resource({}), open, runs: [] })).toEqual({
    tone: "busy",
    word: "Waiting",
  });
});

test("a type without a state is as good as its last run", () => {
  expect(derivedStanding({ resource: resource({}), open: [], runs: [] }).word).toBe("Never run");
});

test("unknown is attention, not trouble and not fine", () => {
  const known = { resource: resource({ state: "unknown", reason: "no answer" }), open: [], runs: [] };
  expect(derivedStanding(known)).toEqual({ tone: "warn", word: "Unknown", reason: "no answer" });
});
