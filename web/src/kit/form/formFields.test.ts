// What a type's form consists of, what it begins with and what it sends.
import { describe, expect, it } from "vitest";
import type { Resource, TypeInfo } from "~/api/types";
import { bodyOf, formFields, grouped, serverOf, valuesOf } from "./formFields";
import { blankParameters, parametersOf, wrongParameters } from "./parameters";
import { inserted, moved, pastedItems } from "./pasted";
import sample from "./sample.json";
import { copyOf, startOf } from "./start";
import { validate } from "./validate";

// The generated type knows no key of a schema.
const of = (schema: object) => schema as TypeInfo["config"];
const base = {
  name: "deployment",
  plural: "deployments",
  title: "Deployment",
  columns: [],
  operations: [],
  topics: [],
  help: "",
  info: {},
  status: {},
  streams: [],
};
const type: TypeInfo = { ...base, config: of(sample.deployment) };
const fields = formFields(type);

describe("a form", () => {
  it("has what every resource has, then the config", () => {
    expect([...fields.byPath.keys()].slice(0, 5)).toEqual([
      "name",
      "description",
      "tags",
      "config.server",
      "config.image",
    ]);
  });

  it("groups fields as they say, those that say nothing first", () => {
    const [server, ...others] = [...fields.byPath].map(([path, field]) => ({ path, field }));
    if (!server) throw new Error("no field");
    const said = others.slice(0, 2).map((one) => ({ ...one, field: { ...one.field, group: "Network" } }));
    expect(grouped([...said, server]).map((group) => group.title)).toEqual(["Settings", "Network"]);
  });

  it("begins with defaults and a blank of what has none", () => {
    expect(valuesOf(fields, {})).toMatchObject({
      name: "",
      "config.server": "",
      "config.image": { kind: "image", image: "" },
      "config.restart": "unless-stopped",
      "config.ports": [],
    });
  });

  it("sends config fields under config", () => {
    expect(bodyOf({ tags: ["a"], "config.pull": true })).toEqual({ tags: ["a"], config: { pull: true } });
    expect(bodyOf({ name: "x" })).toEqual({ name: "x" });
  });

  it("finds the server, also inside the builder", () => {
    expect(serverOf(fields, { "config.server": "S" })).toBe("S");
    const build = formFields({ ...type, config: of(sample.build) });
    expect(serverOf(build, { "config.builder": { kind: "server", server: "B" } })).toBe("B");
    expect(serverOf(build, {})).toBe("");
  });

  it("says the rule of names in words", () => {
    const name = fields.byPath.get("name");
    if (!name) throw new Error("no name");
    for (const wrong of ["a", "Bad", "a--b", "-a", "x".repeat(64)])
      expect(validate(name, wrong, "name")).toHaveLength(1);
    expect(validate(name, "api-1.2_x", "name")).toEqual([]);
  });
});

describe("a new one", () => {
  const source: Resource = {
    id: "1",
    name: "api",
    description: "An API",
    tags: ["web"],
    revision: 3,
    created: "",
    updated: "",
    config: { server: "S", secret_environment: [{ name: "T", value: null }] },
    info: {},
    status: {},
    names: {},
    can: [],
  };

  it("as a copy has no name and no secrets", () => {
    expect(copyOf(type, source)).toMatchObject({
      description: "An API",
      tags: ["web"],
      config: { server: "S", secret_environment: [{ name: "T", value: "" }] },
    });
  });

  it("takes what an address says for fields there are", () => {
    const search = {
      name: "x",
      "config.server": "S2",
      "config.image.image": "nginx",
      "config.none": 1,
      other: 2,
    };
    expect(startOf(type, search)).toEqual({ name: "x", config: { server: "S2", image: { image: "nginx" } } });
    expect(startOf(type, search, source).config).toMatchObject({ server: "S2" });
  });
});

it("fills up an object of which only a part is given", () => {
  const text = { type: "string", default: "" };
  const source = { type: "object", properties: { url: { type: "string" }, branch: text }, required: ["url"] };
  const build = formFields({
    ...base,
    config: of({ type: "object", properties: { source }, required: ["source"] }),
  });
  expect(valuesOf(build, { config: { source: {} } })["config.source"]).toEqual({ url: "", branch: "" });
  const given = valuesOf(build, { config: { source: { url: "https://git.example/a" } } });
  expect(given["config.source"]).toEqual({ url: "https://git.example/a", branch: "" });
});

describe("pasting into a list", () => {
  const get = (name: string) => {
    const field = fields.byPath.get(`config.${name}`);
    if (field?.kind !== "rows" && field?.kind !== "scalars") throw new Error(name);
    return field;
  };

  it("reads each line in the list's short form", () => {
    expect(pastedItems(get("ports"), "8080:80\r\n\n53:53/udp")).toMatchObject([
      { container: 80, host: 8080, protocol: "tcp" },
      { container: 53, host: 53, protocol: "udp" },
    ]);
    expect(pastedItems(get("command"), "serve\n--port\n80")).toEqual(["serve", "--port", "80"]);
    expect(pastedItems(get("volumes"), "- data:/a\n- /b:/c:ro")).toMatchObject([
      { source: "data" },
      { read_only: true },
    ]);
  });

  it("leaves a single cell's text, and lines that are none, to the browser", () => {
    expect(pastedItems(get("ports"), "8080")).toBeUndefined();
    expect(pastedItems(get("command"), "one: two")).toBeUndefined();
    expect(pastedItems(get("ports"), "one\ntwo")).toBeUndefined();
    expect(pastedItems(get("ports"), "8080:80")).toHaveLength(1);
  });

  it("takes the place of an empty row", () => {
    const command = get("command");
    expect(inserted(command, ["a", ""], 1, ["b", "c"])).toEqual(["a", "b", "c"]);
    expect(inserted(command, ["a", "z"], 0, ["b"])).toEqual(["a", "b", "z"]);
    expect(inserted(command, [], 0, ["b"])).toEqual(["b"]);
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  });
});

describe("parameters of an operation", () => {
  const schema = {
    $ref: "#/$defs/Delete",
    $defs: {
      Delete: {
        type: "object",
        properties: {
          op: { enum: ["deployment.delete"] },
          target: { type: "string", default: "" },
          container: { anyOf: [{ enum: ["keep", "remove"] }, { type: "null" }], default: null },
          tail: { type: "integer", minimum: 1 },
        },
        required: ["op", "tail"],
      },
    },
  };

  it("are what is beside op and target", () => {
    const found = parametersOf({ schema });
    expect(found.map((field) => field.name)).toEqual(["container", "tail"]);
    expect(blankParameters(found)).toEqual({ container: null, tail: null });
    expect(wrongParameters(found, { container: null, tail: 0 })).toEqual([
      { path: "tail", message: "Enter a number of 1 or more." },
    ]);
  });
});
