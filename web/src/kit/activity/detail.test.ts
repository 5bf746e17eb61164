import { expect, it } from "vitest";
import { activityDetail } from "./detail";
import { activity, operation, step, typed } from "./example";
import { waitsFor } from "./waiting";

const types = [
  typed("deployment", [operation("deployment.deploy")]),
  typed("build", [operation("build.run")]),
];
const others = [
  activity({ id: "01X", operation: "build.run", what: { type: "build", id: "B1", name: "worker" } }),
];
const find = (id: string) => others.find((each) => each.id === id);
const detail = (more: Parameters<typeof activity>[0]) => activityDetail(activity(more), types, find);

it("says where a running one is", () => {
  expect(detail({})).toBe("starting");
  expect(detail({ steps: [step("pull", 0, 3), step("verify", 3)] })).toBe("Verify");
  expect(detail({ cancel_requested: true })).toBe("cancelling");
});

it("names what a queued one waits for, not its id", () => {
  expect(detail({ state: "queued", waiting_for: "01X" })).toBe("waits for Build worker");
  expect(waitsFor(activity({ waiting_for: "01X, 01Y, 01Z" }), types, find)).toBe("Build worker and 2 more");
  expect(waitsFor(activity({ waiting_for: "01Y" }), types, find)).toBe("something you may not see");
  expect(waitsFor(activity({ waiting_for: "01Y, 01Z" }), types, find)).toBe("2 others");
  expect(waitsFor(activity(), types, find)).toBe("its turn");
});

it("says of an ended one what came of it and how long it took", () => {
  const ended = "2026-11-26T21:04:41Z";
  expect(detail({ state: "succeeded", summary: "deployed api:1.4.2", ended })).toBe(
    "deployed api:1.4.2 · 41 s",
  );
  expect(detail({ state: "failed", error: "first line\nsecond", ended })).toBe("first line · 41 s");
});

it("says of an edit what changed, values only where they are short", () => {
  const change = (field: string, before: string, after: string) => ({
    field: `config.${field}`,
    before,
    after,
  });
  const changes = [
    change("stop_timeout", "8", "12"),
    change("network", '"bridge"', '""'),
    change("environment", "[]", '[{"name":"A"}]'),
    change("pull", "false", "true"),
    change("init", "false", "true"),
  ];
  expect(detail({ state: "succeeded", changes, started: null })).toBe(
    "stop_timeout 8 → 12, network bridge → nothing, environment, 2 more",
  );
});
