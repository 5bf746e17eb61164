/** Reads a JSON schema as core publishes it into fields; what it does not know becomes a JSON field, never a crash. */
import { type Arm, type Choice, type Common, type Field, isObject, type Json, type Shape } from "./field";
import { humanise, unitOf } from "./words";

/** Deeper than any config is, and where a schema that contains itself ends. */
const DEEPEST = 6;

/** The fields of an object schema; its constants (tags such as `op`) are left out. */
export function fieldsOf(schema: unknown): Field[] {
  return [...new Reader(schema).shape(schema, 0).fields];
}

class Reader {
  private readonly defs: Json;

  constructor(root: unknown) {
    this.defs = isObject(root) && isObject(root.$defs) ? root.$defs : {};
  }

  /** The properties of an object schema. */
  shape(schema: unknown, depth: number): Shape {
    const { properties, required } = this.resolve(schema);
    const fields: Field[] = [];
    const constants: Json = {};
    for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
      const constant = this.constant(property);
      if (constant !== undefined) constants[name] = constant;
      else fields.push(this.field(name, property, list(required).includes(name), depth));
    }
    return { fields, constants };
  }

  private field(name: string, property: unknown, required: boolean, depth: number): Field {
    const outer = this.resolve(property);
    const arms = list(outer.anyOf ?? outer.oneOf).filter((arm) => this.resolve(arm).type !== "null");
    const nullable =
      list(outer.anyOf ?? outer.oneOf).length > arms.length ||
      list(outer.type).includes("null") ||
      list(outer.enum).includes(null);
    // One arm beside null is that arm; what is said on the outside goes before what the arm says.
    const inner = arms.length === 1 ? { ...this.resolve(arms[0]), ...outer, anyOf: undefined } : outer;
    const shared: Common = {
      name,
      label: text(inner["x-label"]) || humanise(name),
      help: text(inner.description),
      docs: text(inner["x-docs"]),
      group: text(inner["x-group"]),
      required,
      nullable,
      fallback: outer.default,
      powers: list(inner["x-host-power"]).filter((power) => typeof power === "string"),
      example: text(inner["x-text-form"]),
    };
    if (depth > DEEPEST) return { ...shared, kind: "json" };
    return this.union(shared, inner, arms, depth) ?? this.plain(shared, inner, depth);
  }

  private plain(shared: Common, schema: Json, depth: number): Field {
    const reference = schema["x-refers-to"];
    if (isObject(reference)) return { ...shared, kind: "reference", type: text(reference.type) };
    const options = list(schema.enum).filter((o) => typeof o === "string" || typeof o === "number");
    if (options.length > 0) return { ...shared, kind: "enum", options, words: wordsOf(schema, options) };
    switch (list(schema.type ?? []).find((type) => type !== "null")) {
      case "string":
        return textual(shared, schema);
      case "boolean":
        return { ...shared, kind: "boolean" };
      case "integer":
      case "number":
        return {
          ...shared,
          kind: "number",
          whole: list(schema.type).includes("integer"),
          minimum: number(schema.minimum),
          maximum: number(schema.maximum),
          unit: unitOf(shared.help),
        };
      case "array":
        return this.items(shared, schema, depth);
      case "object":
        if (isObject(schema.properties))
          return { ...shared, kind: "object", ...this.shape(schema, depth + 1) };
    }
    return { ...shared, kind: "json" };
  }

  private items(shared: Common, schema: Json, depth: number): Field {
    if (!isObject(schema.items)) return { ...shared, kind: "json" };
    const item = this.field("", schema.items, true, depth + 1);
    const maxItems = number(schema.maxItems);
    switch (item.kind) {
      case "object":
        return { ...shared, kind: "rows", fields: item.fields, constants: item.constants, maxItems };
      case "text":
      case "number":
      case "enum":
      case "reference":
        return { ...shared, kind: "scalars", item, maxItems };
      default:
        return { ...shared, kind: "json" };
    }
  }

  private union(shared: Common, schema: Json, arms: unknown[], depth: number): Field | undefined {
    if (arms.length < 2) return undefined;
    const told = isObject(schema.discriminator) ? text(schema.discriminator.propertyName) : "";
    const shapes = arms.map((arm) => this.shape(arm, depth + 1));
    const tag =
      told || Object.keys(shapes[0]?.constants ?? {}).find((key) => shapes.every((s) => key in s.constants));
    if (!tag) return { ...shared, kind: "json" };
    const known = shapes.map(
      (shape): Arm => ({
        ...shape,
        value: text(shape.constants[tag]),
        label: humanise(text(shape.constants[tag])),
      }),
    );
    if (known.some((arm) => arm.value === "")) return { ...shared, kind: "json" };
    return { ...shared, kind: "union", tag, arms: known };
  }

  private constant(property: unknown): unknown {
    const schema = this.resolve(property);
    if (schema.const !== undefined) return schema.const;
    const only = list(schema.enum);
    return only.length === 1 && only[0] !== null ? only[0] : undefined;
  }

  /** The schema a `$ref` names, with what stands beside the `$ref` laid over it. */
  private resolve(schema: unknown): Json {
    let found = isObject(schema) ? schema : {};
    for (let hops = 0; typeof found.$ref === "string" && hops < DEEPEST; hops++) {
      const { $ref, ...beside } = found;
      const named = this.defs[String($ref).replace("#/$defs/", "")];
      found = { ...(isObject(named) ? named : {}), ...beside };
    }
    return found;
  }
}

function textual(shared: Common, schema: Json): Field {
  const rules = {
    minLength: number(schema.minLength) ?? 0,
    maxLength: number(schema.maxLength),
    pattern: text(schema.pattern),
    rule: "",
    lines: schema["x-lines"] === true,
  };
  const choices = list(schema["x-choices"]).flatMap(choiceOf);
  if (!schema["x-secret"])
    return { ...shared, ...rules, kind: "text", ...(choices.length > 0 && { choices }) };
  // The mark's own sentence speaks of null and is meant for programs.
  const help = shared.help.startsWith("Write-only") ? "" : shared.help;
  return { ...shared, ...rules, help, kind: "secret" };
}

function choiceOf(given: unknown): Choice[] {
  if (!isObject(given) || typeof given.value !== "string") return [];
  return [{ value: given.value, title: text(given.title) || given.value, unit: text(given.unit) }];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** As declared; Docker's own names stand as they are, and no name of ours has a `_` in it for people. */
function wordsOf(schema: Json, options: readonly (string | number)[]): Record<string, string> {
  const declared = isObject(schema["x-words"]) ? schema["x-words"] : {};
  const said = options.map((option) => {
    const name = String(option);
    return [name, text(declared[name]) || (name.includes("_") ? humanise(name) : name)];
  });
  return Object.fromEntries(said);
}
