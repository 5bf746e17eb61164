import { expect, test } from "vitest";
import type { Activity } from "~/api/types";
import type { Known } from "~/resources/ui";
import { doneWithin, scoped, tagsByUse, type World } from "./scope";

const known = (id: string, tags: string[], needs: string[] = []): Known =>
  ({
    resource: { id, name: id, tags, names: Object.fromEntries(needs.map((each) => [each, each])) },
    open: [],
    runs: [],
  }) as unknown as Known;
const WORLD: World = new Map([
  ["server", [known("web-1", ["production"]), known("web-2", []), known("lab", ["staging"])]],
  ["deployment", [known("api", ["production", "api"], ["web-2", "b"]), known("try", ["staging"], ["lab"])]],
  ["build", [known("b", []), known("c", [])]],
]);
const names = (world: World) => [...world.values()].flat().map(({ resource }) => resource.id);

test("tags in most use come first", () => {
  expect(tagsByUse(WORLD)).toEqual(["production", "staging", "api"]);
});

test("a part has what carries its tag and what that needs", () => {
  expect(names(scoped(WORLD, "production"))).toEqual(["web-1", "web-2", "api", "b"]);
  expect(scoped(WORLD, undefined)).toBe(WORLD);
  expect(names(scoped(WORLD, "gone"))).toEqual([]);
});

test("of a part only what was done to it is told", () => {
  const activity = (operation: string, id: string | null) =>
    ({ operation, what: id === null ? null : { id } }) as unknown as Activity;
  const all = [
    activity("deployment.deploy", "api"),
    activity("session.sign_in", "ana"),
    activity("grant.set", null),
  ];
  expect(doneWithin(all, WORLD, undefined)).toHaveLength(2);
  expect(doneWithin(all, scoped(WORLD, "production"), "production")).toHaveLength(1);
});
