import { describe, expect, it } from "vitest";
import type { Activity, Resource, TypeInfo } from "~/api/types";
import { activityPlaces, type Budget, repositoryOf, resourcePlace } from "./places";

const type = (name: string, plural: string): TypeInfo =>
  ({ name, plural, title: name[0]?.toUpperCase() + name.slice(1), operations: [] }) as unknown as TypeInfo;
const resource = (name: string, config: object, more: object = {}): Resource =>
  ({
    id: name,
    name,
    tags: [],
    description: "",
    config,
    info: {},
    status: {},
    names: {},
    can: [],
    ...more,
  }) as unknown as Resource;
const free = (): Budget => ({ left: 100, short: false });

describe("resourcePlace", () => {
  it("says where a deployment runs and what a build is made from", () => {
    const api = resource("api", { server: "S" }, { names: { S: "web-2" } });
    const site = resource("site", { source: { url: "https://git.example.org/acme/site.git" } });
    expect(resourcePlace(type("deployment", "deployments"), api, free())?.text.shown).toBe("api on web-2");
    expect(resourcePlace(type("build", "builds"), site, free())?.text.shown).toBe(
      "site build, from acme/site",
    );
    expect(resourcePlace(type("server", "servers"), resource("web-7", {}), free())?.text.shown).toBe("web-7");
  });

  it("is found by its image and tags, too", () => {
    const db = resource("db", { image: { kind: "literal", image: "postgres:16" } }, { tags: ["production"] });
    expect(resourcePlace(type("deployment", "deployments"), db, free())?.text.also).toContain(
      "production postgres:16",
    );
  });

  it("is made once, and not when too much was made already", () => {
    const [known, later] = [resource("a", {}), resource("b", {})];
    const budget = { left: 1, short: false };
    const made = resourcePlace(type("stack", "stacks"), known, budget);
    expect(resourcePlace(type("stack", "stacks"), later, budget)).toBeUndefined();
    expect(budget.short).toBe(true);
    expect(resourcePlace(type("stack", "stacks"), known, budget)).toBe(made);
  });
});

describe("repositoryOf", () => {
  it("keeps what tells repositories apart", () => {
    const urls = [
      "https://git.example.org/acme/site.git",
      "git@git.example.org:acme/site.git",
      "/srv/git/site",
    ];
    expect(urls.map(repositoryOf)).toEqual(["acme/site", "acme/site", "git/site"]);
  });
});

describe("activityPlaces", () => {
  const known = { id: "01M8CT53K64SXQ2ED0MB0SPTDW", operation: "deployment.deploy", summary: "" } as Activity;
  const find = (query: string) =>
    activityPlaces(query, [{ ...known, who: { id: "" }, what: { name: "api" } } as Activity], []).map(
      ({ text }) => text.shown,
    );

  it("finds one by a part of its id, and one that nobody here knows by all of it", () => {
    expect(find("53k64sx")).toEqual(["Deploy api activity 01M8CT53K64SXQ2ED0MB0SPTDW"]);
    expect(find("01M8CT5KR98R6BSV1E0J5KG1W6")).toEqual(["Activity activity 01M8CT5KR98R6BSV1E0J5KG1W6"]);
  });

  it("takes no ordinary word for an id", () => {
    expect([find("deploy"), find("api 2"), find("web-12")]).toEqual([[], [], []]);
  });
});
