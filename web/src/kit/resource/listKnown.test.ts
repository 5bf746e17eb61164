import { expect, test } from "vitest";
import type { Activity, Resource } from "~/api/types";
import { joined, openOf } from "./listKnown";

const resource = (id: string): Resource => ({ id, name: id }) as unknown as Resource;
const activity = (id: string, on: string, state = "running"): Activity =>
  ({ id, state, what: { type: "server", id: on, name: on } }) as unknown as Activity;

test("open activities stand by their resource, the oldest first", () => {
  const list = [activity("3", "a"), activity("2", "b", "failed"), activity("1", "a", "queued")];
  const open = openOf(list);
  expect(open.get("a")?.map((each) => each.id)).toEqual(["1", "3"]);
  expect(open.has("b")).toBe(false);
});

test("what nothing happened to stays the same object", () => {
  const resources = new Map([
    ["a", resource("a")],
    ["b", resource("b")],
  ]);
  const busy = activity("1", "a");
  const first = joined(resources, new Map([["a", [busy]]]), new Map(), new Map());
  const again = joined(resources, new Map([["a", [busy]]]), new Map(), first);
  expect(again.get("a")).toBe(first.get("a"));
  const after = joined(resources, new Map(), new Map(), again);
  expect(after.get("a")).not.toBe(first.get("a"));
  expect(after.get("b")).toBe(first.get("b"));
});

test("what is gone is gone", () => {
  const first = joined(new Map([["a", resource("a")]]), new Map(), new Map(), new Map());
  expect(joined(new Map(), new Map(), new Map(), first).size).toBe(0);
});
