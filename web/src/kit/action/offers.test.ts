import { describe, expect, it } from "vitest";
import type { Resource } from "~/api/types";
import { activity, operation, typed } from "~/kit/activity/example";
import { offerOf, offers } from "./offers";
import { placed } from "./place";

const type = typed("deployment", [
  operation("deployment.list", { kind: "query", targeted: false }),
  operation("deployment.get", { kind: "query" }),
  operation("deployment.create", { kind: "edit", targeted: false }),
  operation("deployment.update", { kind: "edit", method: "PATCH" }),
  operation("deployment.delete", { method: "DELETE" }),
  operation("deployment.deploy"),
  operation("deployment.start"),
  operation("deployment.stop"),
  operation("deployment.remove"),
  operation("deployment.log", { kind: "query" }),
]);

function resource(more: Partial<Resource> = {}): Resource {
  return { id: "D1", name: "api", can: type.operations.map((each) => each.name), ...more } as Resource;
}

const names = (list: { operation: { name: string } }[]) =>
  list.map((each) => each.operation.name.split(".")[1]);

describe("offers", () => {
  it("are actions and edits on the thing itself, those that take away last", () => {
    expect(names(offers(type, resource()))).toEqual(["deploy", "start", "stop", "delete", "remove"]);
  });

  it("hold nothing one may not do", () => {
    expect(names(offers(type, resource({ can: ["deployment.get", "deployment.stop"] })))).toEqual(["stop"]);
    expect(offerOf(type, "deployment.deploy", resource({ can: [] }))).toBeUndefined();
  });

  it("say why something cannot be done now", () => {
    const stopped = resource({ not_now: { "deployment.stop": "it does not run" } });
    expect(offerOf(type, "deployment.stop", stopped)?.blocked).toBe("it does not run");
    expect(offerOf(type, "deployment.start", stopped)?.blocked).toBeUndefined();
    const deploy = (state: "running" | "queued") =>
      offerOf(type, "deployment.deploy", resource(), [activity({ state })])?.blocked;
    expect(deploy("running")).toBe("A deploy is running");
    expect(deploy("queued")).toBe("A deploy waits for its turn already");
    expect(offerOf(type, "deployment.stop", resource(), [activity()])?.blocked).toBeUndefined();
  });

  it("ask for the name only where something is destroyed", () => {
    const found = offers(type, resource());
    expect(names(found.filter((each) => each.danger))).toEqual(["delete", "remove"]);
    expect(names(found.filter((each) => each.destroys))).toEqual(["delete"]);
  });
});

describe("place", () => {
  it("makes the first action large and the first possible other one a button", () => {
    const running = resource({ not_now: { "deployment.start": "it runs" } });
    const { primary, second, beside, rest } = placed(offers(type, running));
    expect(names([primary, second].filter((each) => each !== undefined))).toEqual(["deploy", "stop"]);
    expect(names(beside)).toEqual([]);
    expect(names(placed(offers(type, running), undefined, ["deployment.start"]).beside)).toEqual(["start"]);
    const presets = [
      { operation: "deployment.start", label: "Start gently", says: { gently: true } },
      { operation: "deployment.nothing", label: "Nothing" },
    ];
    const [gently, ...none] = placed(offers(type, running), undefined, [], presets).beside;
    expect([gently?.label, gently?.says, gently?.asks, none]).toEqual([
      "Start gently",
      { gently: true },
      false,
      [],
    ]);
    expect(names(rest)).toEqual(["start", "delete", "remove"]);
  });

  it("does at once what may be told something, and offers to tell it in the menu", () => {
    const schema = { properties: { timeout: { anyOf: [{ type: "integer" }, { type: "null" }] } } };
    const stops = typed("deployment", [
      operation("deployment.deploy"),
      operation("deployment.stop", { schema: schema as unknown as Record<string, never> }),
    ]);
    const { second, rest } = placed(offers(stops, resource()));
    expect(second?.asks).toBe(false);
    expect(rest.map((each) => [each.label, each.asks])).toEqual([["Stop with options", true]]);
  });

  it("takes another one for the large one where the page says so", () => {
    expect(placed(offers(type, resource()), "deployment.start").primary?.label).toBe("Start");
  });

  it("has no large one where there are only edits", () => {
    const only = placed(offers(type, resource({ can: ["deployment.delete"] })));
    expect(only.primary).toBeUndefined();
    expect(names(only.rest)).toEqual(["delete"]);
  });
});
