import { expect, test } from "vitest";
import type { TypeInfo } from "~/api/types";
import { deedOf, inZone, whyOf } from "./words";

const types = [
  { name: "deployment", plural: "deployments", title: "Deployment", operations: [] },
  { name: "build", plural: "builds", title: "Build", operations: [] },
] as unknown as TypeInfo[];
const asked = (operation: string, target = "", parameters = {}) => ({ operation, target, parameters });

test("what it does, in words", () => {
  expect(deedOf(asked("build.run", "B1"), { B1: "app" }, types)).toBe("Build app");
  expect(deedOf(asked("build.run", "B1"), {}, types)).toBe("Build a build that is gone");
  expect(deedOf(null, {}, types)).toBe("Nothing yet");
  const batch = { operation: "restart", tag: "nightly", pattern: "web-*" };
  expect(deedOf(asked("deployment.batch", "", batch), {}, types)).toBe(
    "Restart deployments called web-* tagged nightly",
  );
});

test("why a run came out as it did", () => {
  const one = { due: "", at: "", outcome: "missed", activity: "", reason: "core was down", more: 2 } as const;
  expect(whyOf(one)).toBe("core was down; 2 before it missed too");
  expect(whyOf({ ...one, reason: "", more: 0 })).toBe("");
});

test("a moment by another clock; by the own one where there is no such zone", () => {
  expect(inZone("2026-03-29T01:00:00Z", "Europe/Berlin")).toContain("03:00");
  expect(inZone("2026-03-29T01:00:00Z", "Nowhere/None")).toMatch(/\d\d:\d\d/);
});
