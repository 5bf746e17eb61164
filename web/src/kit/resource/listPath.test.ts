import { expect, test } from "vitest";
import type { Resource, TypeInfo } from "~/api/types";
import { lastOf, referenceOf, valueAt } from "./listPath";

const resource = {
  config: { server: "01A", builder: "01B", image: { kind: "image" } },
  names: { "01A": "web-1", "01B": "ci" },
} as unknown as Resource;
const types = [{ name: "server", plural: "servers" }] as TypeInfo[];

test("a path leads to a value, or to nothing", () => {
  expect(valueAt(resource, "config.image.kind")).toBe("image");
  expect(valueAt(resource, "config.image.kind.more")).toBeUndefined();
  expect(valueAt(resource, "info.version")).toBeUndefined();
  expect(lastOf("config.source.url")).toBe("url");
});

test("an id is shown by its name, and leads to its page where that is known", () => {
  expect(referenceOf(resource, "config.server", types)).toEqual({ name: "web-1", to: "/servers/web-1" });
  expect(referenceOf(resource, "config.builder", types)).toEqual({ name: "ci", to: undefined });
  expect(referenceOf(resource, "config.image", types)).toBeUndefined();
});
