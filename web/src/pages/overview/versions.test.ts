import { expect, test } from "vitest";
import type { Build, Deployment } from "~/api/types";
import { familiesOf, versionOf } from "./versions";

const ofBuild = (name: string, version: string, more: object = {}): Deployment =>
  ({
    id: name,
    name,
    names: { B: "api", S: "web-1" },
    config: { server: "S", image: { kind: "build", build: "B", version } },
    info: { version, image: `api:${version}`, deployed: "2026-11-26T20:00:00Z" },
    status: { state: "running", image: `api:${version}` },
    ...more,
  }) as unknown as Deployment;
const ofImage = (name: string, image: string, deployed: string): Deployment =>
  ({
    id: name,
    name,
    names: {},
    config: { server: "S", image: { kind: "image", image } },
    info: { version: "", image, deployed },
    status: { state: "running", image },
  }) as unknown as Deployment;
const BUILDS = new Map([
  [
    "B",
    { id: "B", name: "api", info: { version: "1.4.3", built: "2026-11-26T20:00:00Z" } } as unknown as Build,
  ],
]);
const still = (deployment: Deployment) => ({ deployment, doing: false });

test("deployments of a build stand by how far they are: in the making, on its newest version, behind", () => {
  const [family] = familiesOf(
    [
      still(ofBuild("api-3", "1.4.2")),
      still(ofBuild("api-2", "1.4.3")),
      { deployment: ofBuild("api-1", "1.4.2"), doing: true },
      still(ofBuild("api-4", "1.4.2", { status: { state: "exited", image: "api:1.4.2" } })),
    ],
    BUILDS,
  );
  expect(family).toMatchObject({ name: "api", newest: "1.4.3", to: "/builds/api" });
  expect(family?.spots.map((spot) => [spot.name, spot.place])).toEqual([
    ["api-1", "doing"],
    ["api-2", "newest"],
    ["api-3", "behind"],
    ["api-4", "none"],
  ]);
});

test("of a build the viewer may not read the highest version that runs is the newest", () => {
  const [family] = familiesOf([still(ofBuild("a", "1.9.0")), still(ofBuild("b", "1.10.0"))], new Map());
  expect(family).toMatchObject({ name: "api", newest: "1.10.0" });
});

test("images are told apart by what they are, not by their tag; what was deployed last comes first", () => {
  const families = familiesOf(
    [
      still(ofImage("q", "registry.example:5000/team/redis:7.4-alpine", "2026-11-20T00:00:00Z")),
      still(ofImage("r", "registry.example:5000/team/redis:7.2-alpine", "2026-11-21T00:00:00Z")),
      still(ofImage("n", "nginx@sha256:abc", "2026-11-22T00:00:00Z")),
    ],
    BUILDS,
  );
  expect(families.map(({ name, newest }) => [name, newest])).toEqual([
    ["nginx", ""],
    ["redis", "7.4-alpine"],
  ]);
  expect(families[1]?.spots.map((spot) => spot.place)).toEqual(["newest", "behind"]);
});

test("what runs counts, not what was deployed", () => {
  expect(versionOf(ofBuild("a", "1.4.3", { status: { state: "running", image: "api:1.4.1" } }))).toBe(
    "1.4.1",
  );
});
