import { expect, it } from "vitest";
import { blankParameters, parametersOf, wrongParameters } from "./parameters";

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
        reason: { type: "string", minLength: 1 },
        labels: { type: "array", items: { $ref: "#/$defs/Pair" }, default: [] },
      },
      required: ["op", "reason"],
    },
    Keep: { title: "Keep", description: "What happens to the container.", enum: ["keep", "remove"] },
    Pair: { type: "object", properties: { name: { type: "string" }, value: { type: "string" } } },
  },
};

it("asks for what an operation declares beside its target", () => {
  const fields = parametersOf({ schema });
  expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ["container", "enum", false],
    ["reason", "text", true],
    ["labels", "rows", false],
  ]);
  expect(fields[0]?.help).toBe("What happens to the container.");
  expect(blankParameters(fields)).toEqual({ container: null, reason: "", labels: [] });
  expect(wrongParameters(fields, blankParameters(fields)).map(({ path }) => path)).toEqual(["reason"]);
});

it("asks for nothing where there is nothing", () => {
  expect(parametersOf({ schema: {} })).toEqual([]);
  expect(parametersOf({ schema: undefined })).toEqual([]);
});
