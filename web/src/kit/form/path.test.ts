// Which control a path of core means.
import { expect, it } from "vitest";
import { isWithin, locate, topOf } from "./path";

const values = {
  name: "api",
  tags: ["a"],
  "config.server": "S",
  "config.source": { url: "", branch: "" },
  "config.image": { kind: "image", image: "" },
  "config.ports": [
    { container: 1, host: 0 },
    { container: 2, host: 0 },
  ],
  "config.environment": [
    { name: "A", value: "" },
    { name: "A].value", value: "" },
    { name: "1", value: "" },
    { name: "dotted.name[0]", value: "" },
  ],
};

it.each([
  ["name", "name"],
  ["tags[0]", "tags[0]"],
  ["tags[7]", "tags"],
  ["config.server", "config.server"],
  ["config.ports[1].host", "config.ports[1].host"],
  ["config.ports[9].host", "config.ports"],
  ["config.ports[1].unknown", "config.ports[1]"],
  ["config.image.image", "config.image.image"],
  ["config.environment[A].value", "config.environment[0].value"],
  ["config.environment[A].value].value", "config.environment[1].value"],
  ["config.environment[3].name", "config.environment[3].name"],
  ["config.environment[1].name", "config.environment[2].name"],
  ["config.environment[dotted.name[0]].value", "config.environment[3].value"],
  ["config.environment[GONE].value", "config.environment"],
  ["source.branch", "config.source.branch"],
  ["config", undefined],
  ["body", undefined],
  ["config.later", undefined],
])("%s", (path, expected) => {
  expect(locate(path, values)).toBe(expected);
});

it("knows the field a path is in", () => {
  expect(topOf("config.ports[2].host")).toBe("config.ports");
  expect(topOf("tags[0]")).toBe("tags");
  expect(isWithin("config.ports[2].host", "config.ports")).toBe(true);
  expect(isWithin("config.ports_more", "config.ports")).toBe(false);
});
