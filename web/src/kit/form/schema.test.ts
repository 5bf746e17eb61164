// What fields are read from a schema.
import { describe, expect, it } from "vitest";
import { isPairs } from "./field";
import sample from "./sample.json";
import { fieldsOf } from "./schema";

const deployment = fieldsOf(sample.deployment);
const field = (name: string) => deployment.find((each) => each.name === name);
const one = (schema: object) => fieldsOf({ type: "object", properties: { x: schema } })[0];

describe("a deployment's config", () => {
  it("has a field for each property, in order", () => {
    expect(deployment.map((each) => [each.name, each.kind])).toEqual([
      ["server", "reference"],
      ["image", "union"],
      ["pull", "boolean"],
      ["container_name", "text"],
      ["command", "scalars"],
      ["environment", "rows"],
      ["secret_environment", "rows"],
      ["ports", "rows"],
      ["volumes", "rows"],
      ["network", "text"],
      ["restart", "enum"],
      ["stop_timeout", "number"],
      ["stable_for", "number"],
    ]);
  });

  it("carries labels, help, defaults and constraints", () => {
    expect(field("stop_timeout")).toMatchObject({
      label: "Stop timeout",
      help: "Seconds between TERM and KILL.",
      unit: "seconds",
      whole: true,
      minimum: 0,
      maximum: 3600,
      fallback: 10,
      required: false,
    });
    expect(field("server")).toMatchObject({ type: "server", required: true, label: "Server" });
    expect(field("volumes")).toMatchObject({ powers: ["bind"], example: "data:/var/lib/data:ro" });
  });

  it("takes what a $ref's own description says where the field says nothing", () => {
    expect(field("restart")?.help).toBe("When Docker starts the container again by itself.");
  });

  it("reads the arms of a tagged union, their tags as constants", () => {
    const image = field("image");
    if (image?.kind !== "union") throw new Error("no union");
    expect(image.tag).toBe("kind");
    expect(image.arms.map((arm) => [arm.value, arm.label, arm.fields.map((f) => f.kind)])).toEqual([
      ["image", "Image", ["text"]],
      ["build", "Build", ["reference", "text"]],
    ]);
    expect(image.arms[1]?.constants).toEqual({ kind: "build" });
  });

  it("knows environments, with secrets or without", () => {
    const [plain, secret] = [field("environment"), field("secret_environment")];
    expect(plain && isPairs(plain)).toBe(true);
    if (secret?.kind !== "rows") throw new Error("no rows");
    expect(isPairs(secret)).toBe(true);
    expect(secret.fields[1]).toMatchObject({ kind: "secret", nullable: true, maxLength: 131072, help: "" });
  });
});

describe("a build's config", () => {
  it("reads a single tagged object as an object that keeps its tag", () => {
    const builder = fieldsOf(sample.build)[0];
    expect(builder).toMatchObject({ kind: "object", constants: { kind: "server" } });
  });
});

describe("other shapes", () => {
  it("leaves out constants such as op", () => {
    expect(fieldsOf({ type: "object", properties: { op: { enum: ["x.y"] }, n: { const: 1 } } })).toEqual([]);
  });

  it("reads null as an arm as nullable, with the arm's own rules", () => {
    const keep = { anyOf: [{ $ref: "#/$defs/Keep" }, { type: "null" }], default: null };
    const schema = {
      properties: { keep },
      $defs: { Keep: { enum: ["keep", "remove"], description: "What." } },
    };
    expect(fieldsOf(schema)[0]).toMatchObject({
      kind: "enum",
      nullable: true,
      fallback: null,
      options: ["keep", "remove"],
      help: "What.",
    });
    expect(one({ type: ["integer", "null"] })).toMatchObject({ kind: "number", nullable: true });
  });

  it("reads declared words for options, and else Docker's own names as they are", () => {
    const declared = one({ enum: ["skip", "run_once"], "x-words": { skip: "Leave it out" } });
    expect(declared).toMatchObject({ words: { skip: "Leave it out", run_once: "Run once" } });
    expect(one({ enum: ["no", "on-failure"] })).toMatchObject({
      words: { no: "no", "on-failure": "on-failure" },
    });
  });

  it.each([
    ["nothing", {}],
    ["a map", { type: "object", additionalProperties: { type: "string" } }],
    ["a list of anything", { type: "array" }],
    ["a list of lists", { type: "array", items: { type: "array", items: {} } }],
    ["an untagged union", { anyOf: [{ type: "string" }, { type: "integer" }] }],
    ["an unknown type", { type: "decimal" }],
    ["a dangling $ref", { $ref: "#/$defs/None" }],
    ["no schema at all", 7 as unknown as object],
  ])("falls back to JSON for %s", (_, schema) => {
    expect(one(schema)?.kind).toBe("json");
  });

  it("ends in a schema that contains itself", () => {
    const node = { type: "object", properties: { next: { $ref: "#/$defs/Node" } } };
    expect(fieldsOf({ $ref: "#/$defs/Node", $defs: { Node: node } })).toHaveLength(1);
    expect(fieldsOf({ $ref: "#/$defs/A", $defs: { A: { $ref: "#/$defs/A" } } })).toEqual([]);
  });

  it.each([[undefined], [null], ["text"], [[]]])("answers no fields for %j", (schema) => {
    expect(fieldsOf(schema)).toEqual([]);
  });
});
