import { expect, test } from "vitest";
import type { Resource, TypeInfo } from "~/api/types";
import type { Placed } from "./placed";
import { shareOf, type World } from "./share";

const resource = (id: string, can: string[], not_now: Record<string, string> = {}) =>
  ({ id, name: id, can, not_now }) as unknown as Resource;
const operation = (name: string) => ({
  name,
  title: name,
  kind: "action",
  targeted: true,
  part: "",
  schema: {},
});
const type = {
  operations: [operation("deployment.stop"), operation("deployment.start")],
} as unknown as TypeInfo;
const row = (server: string, state: string, deployment = "", silent?: string) =>
  ({
    id: `${server}/${state}`,
    told: { server, deployment, container: { state } },
    silent,
  }) as unknown as Placed;

const world: World = {
  servers: new Map([
    ["mine", resource("mine", ["server.stop_containers"])],
    ["read-only", resource("read-only", [])],
  ]),
  deployments: new Map([
    ["D", resource("D", ["deployment.stop"])],
    ["off", resource("off", ["deployment.stop"], { "deployment.stop": "it is not running" })],
    ["foreign", resource("foreign", [])],
  ]),
  type,
  open: [],
};

test("each is asked for where it belongs", () => {
  const { strays, kept, reason } = shareOf(
    "stop",
    [
      row("mine", "running"),
      row("mine", "exited"),
      row("read-only", "running"),
      row("mine", "running", "D"),
      row("mine", "running", "off"),
      row("mine", "running", "foreign"),
      row("mine", "running", "not shown"),
    ],
    world,
  );
  expect(strays.map((each) => each.id)).toEqual(["mine/running"]);
  expect(kept.map((each) => each.resource.id)).toEqual(["D"]);
  expect(reason).toBe("it is not running");
});

test("a silent server's containers wait", () => {
  expect(shareOf("stop", [row("mine", "running", "", "2026-01-01T00:00:00Z")], world)).toEqual({
    strays: [],
    kept: [],
    reason: "its server does not answer",
  });
});
