/** Fields: what an operation wants to know beside its target, from the JSON schema it is published with. */

export interface ActionField {
  name: string;
  label: string;
  help: string;
  kind: "choice" | "switch" | "number" | "text" | "texts";
  choices: readonly string[];
  required: boolean;
  initial: Value;
  least?: number;
  most?: number;
}

export type Value = string | number | boolean | string[] | undefined;
export type Params = Record<string, Value>;

/** Said by the address and the headers, never by people. */
const GIVEN = new Set(["op", "target", "revision"]);

type Schema = Record<string, unknown>;

export function fieldsOf(schema: unknown): ActionField[] {
  const root = object(schema);
  const defs = object(root.$defs);
  const whole = resolved(root, defs);
  const required = Array.isArray(whole.required) ? whole.required : [];
  return Object.entries(object(whole.properties))
    .filter(([name]) => !GIVEN.has(name))
    .map(([name, property]) => field(name, object(property), defs, required.includes(name)));
}

function field(name: string, property: Schema, defs: Schema, required: boolean): ActionField {
  const inner = unwrapped(property, defs);
  const choices = Array.isArray(inner.enum) ? inner.enum.map(String) : [];
  const kind = kindOf(inner, choices);
  const preset = property.default ?? inner.default;
  const initial =
    typeof preset === "string" || typeof preset === "number" || typeof preset === "boolean"
      ? preset
      : undefined;
  return {
    name,
    label: text(property["x-label"]) || words(name),
    help: text(property.description) || text(inner.description),
    kind,
    choices,
    required,
    initial: initial ?? (kind === "switch" ? false : undefined),
    ...(typeof inner.minimum === "number" && { least: inner.minimum }),
    ...(typeof inner.maximum === "number" && { most: inner.maximum }),
  };
}

function kindOf(schema: Schema, choices: readonly string[]): ActionField["kind"] {
  if (choices.length > 0) return "choice";
  if (schema.type === "boolean") return "switch";
  if (schema.type === "array") return "texts";
  return schema.type === "integer" || schema.type === "number" ? "number" : "text";
}

/** What may be null is asked for like what may not; leaving it out says null. */
function unwrapped(property: Schema, defs: Schema): Schema {
  const arms = Array.isArray(property.anyOf) ? property.anyOf.map(object) : [];
  const arm = arms.find((each) => each.type !== "null");
  return resolved(arm ?? property, defs);
}

function resolved(schema: Schema, defs: Schema): Schema {
  if (typeof schema.$ref !== "string") return schema;
  return { ...object(defs[schema.$ref.replace(/^.*\//, "")]), ...schema };
}

function object(value: unknown): Schema {
  return typeof value === "object" && value !== null ? (value as Schema) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** `no_cache` → `No cache`. */
export function words(name: string): string {
  const said = name.replaceAll("_", " ").replaceAll("-", " ");
  return said.slice(0, 1).toUpperCase() + said.slice(1);
}
