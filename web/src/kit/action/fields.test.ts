import { expect, it } from "vitest";
import { fieldsOf } from "./fields";

it("asks for what an operation declares beside its target", () => {
  const schema = {
    $ref: "#/$defs/Delete",
    $defs: {
      Delete: {
        type: "object",
        properties: {
          op: { enum: ["deployment.delete"] },
          target: { type: "string", default: "" },
          revision: { type: "integer" },
          container: { anyOf: [{ $ref: "#/$defs/Keep" }, { type: "null" }], default: null },
        },
        required: ["op"],
      },
      Keep: { title: "Keep", description: "What happens to the container.", enum: ["keep", "remove"] },
    },
  };
  expect(fieldsOf(schema)).toEqual([
    {
      name: "container",
      label: "Container",
      help: "What happens to the container.",
      kind: "choice",
      choices: ["keep", "remove"],
      required: false,
      initial: undefined,
    },
  ]);
});

it("knows switches, numbers with bounds, texts with labels", () => {
  const properties = {
    replace: { type: "boolean", default: false },
    keep_last: { type: "integer", minimum: 1, maximum: 9, default: 3 },
    note: { type: "string", "x-label": "Why", description: "For the record." },
  };
  const found = fieldsOf({ properties, required: ["note"] });
  expect(found.map(({ name, kind, initial, required }) => [name, kind, initial, required])).toEqual([
    ["replace", "switch", false, false],
    ["keep_last", "number", 3, false],
    ["note", "text", undefined, true],
  ]);
  expect(found[1]).toMatchObject({ label: "Keep last", least: 1, most: 9 });
  expect(found[2]).toMatchObject({ label: "Why", help: "For the record." });
});

it("asks for nothing where there is nothing", () => {
  expect(fieldsOf({})).toEqual([]);
  expect(fieldsOf(undefined)).toEqual([]);
});
