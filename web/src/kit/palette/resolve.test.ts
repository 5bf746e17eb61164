import { describe, expect, it } from "vitest";
import type { Resource, TypeInfo } from "~/api/types";
import { type Entry, entry, type Index, type Verb } from "./entry";
import { textOf } from "./match";
import type { Used } from "./recent";
import { placeOfPage, resolved } from "./resolve";

const icon = () => null;
const TYPES = [{ name: "deployment", plural: "deployments" } as TypeInfo];
const api: Entry = entry({
  key: "deployment:A",
  pieces: [{ text: "api" }],
  icon,
  order: 2,
  to: "/deployments/api",
  target: { type: "deployment", resource: { id: "A", name: "api", can: ["deployment.restart"] } as Resource },
});
const verb = (id: string, before: string, tab: boolean): Verb => ({
  type: "deployment",
  id,
  before,
  icon,
  tab,
  quiet: false,
  text: textOf(before),
  offered: (resource) => tab || resource.can.includes(id),
  ...(tab ? { to: () => `/deployments/api/${id}` } : {}),
});
const INDEX: Index = {
  places: [
    entry({ key: "page:/servers", pieces: [{ text: "Servers" }], icon, order: 0, to: "/servers" }),
    api,
  ],
  commands: [],
  verbs: new Map([
    [
      "deployment",
      [
        verb("deployment.restart", "Restart ", false),
        verb("deployment.stop", "Stop ", false),
        verb("log", "Log of ", true),
      ],
    ],
  ]),
};
const run = (operation: string, id = "A"): Used => ({ operation, type: "deployment", id, at: 1 });
const shown = (used: Used[], here = "/") => resolved(used, INDEX, TYPES, here).map(({ text }) => text.shown);

describe("resolved", () => {
  it("knows pages, resources, their tabs and what was done to them", () => {
    const paths = ["/servers", "/deployments/api", "/deployments/api/log"].map((path) => ({ path, at: 1 }));
    expect(shown([...paths, run("deployment.restart")])).toEqual([
      "Servers",
      "api",
      "Log of api",
      "Restart api",
    ]);
  });

  it("offers nothing again that takes something away", () => {
    const quiet = {
      ...INDEX,
      verbs: new Map([["deployment", [{ ...verb("deployment.restart", "Restart ", false), quiet: true }]]]),
    };
    expect(resolved([run("deployment.restart")], quiet, TYPES, "/")).toEqual([]);
  });

  it("leaves out what is gone, what may not be done any more, and where one is", () => {
    const gone = [
      { path: "/deployments/old", at: 1 },
      { path: "/deployments/old/log", at: 1 },
      run("deployment.restart", "Z"),
    ];
    expect(shown([...gone, run("deployment.stop"), { path: "/servers", at: 1 }], "/servers")).toEqual([]);
  });
});

describe("placeOfPage", () => {
  it("is the resource a page or one of its tabs is about", () => {
    expect(placeOfPage("/deployments/api/config", INDEX.places)?.key).toBe("deployment:A");
    expect(placeOfPage("/servers", INDEX.places)).toBeUndefined();
  });
});
