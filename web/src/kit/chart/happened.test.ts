import { expect, test } from "vitest";
import type { Activity } from "~/api/types";
import { marksOf } from "./happened";

const activity = (more: object): Activity =>
  ({
    id: "A",
    operation: "deployment.deploy",
    state: "succeeded",
    started: "2026-01-01T00:00:30Z",
    ended: "2026-01-01T00:01:00Z",
    who: { name: "ana" },
    what: { name: "api" },
    ...more,
  }) as unknown as Activity;

test("what was done to what runs is marked from its begin to its end, the oldest first", () => {
  const marks = marksOf([
    activity({}),
    activity({ id: "B", operation: "build.run", started: "2026-01-01T00:00:00Z", state: "failed" }),
  ]);
  expect(marks.map(({ title, kind, tone }) => [title, kind, tone])).toEqual([
    ["ana built api: failed", "build", "bad"],
    ["ana deployed api", "deploy", undefined],
  ]);
  const [, deploy] = marks;
  expect(deploy && (deploy.until ?? 0) - deploy.at).toBe(30);
  expect(deploy?.href).toBe("?activity=A");
});

test("what goes on has no end yet; what never began, and what changes nothing that runs, has no mark", () => {
  const [open, ...others] = marksOf([
    activity({ state: "running", ended: null }),
    activity({ state: "queued", started: null, ended: null }),
    activity({ operation: "deployment.update" }),
  ]);
  expect(open?.until).toBeUndefined();
  expect(open?.title).toBe("ana deployed api: running");
  expect(others).toEqual([]);
});

test("beside a container stands what was done to it, not to others of its server", () => {
  const restarted = (id: string, step: string, more: object = {}) =>
    activity({ id, operation: "server.restart_containers", steps: [{ name: step }], ...more });
  const marks = marksOf(
    [
      restarted("A", "restart cache"),
      restarted("B", "restart cache-2"),
      restarted("C", "clean up", { operation: "server.clean_up" }),
      activity({ id: "D", steps: [{ name: "pull" }] }),
    ],
    "cache",
  );
  expect(marks.map(({ title }) => title)).toEqual(["ana restarted cache"]);
});
