/** Values of fields: a blank one to begin with, equality, and what a copy must not pretend to have stored. */
import { type Field, isObject, type Json, type Shape } from "./field";

/** What a field holds before anybody wrote something. */
export function blank(field: Field): unknown {
  if (field.fallback !== undefined) return structuredClone(field.fallback);
  if (field.nullable) return null;
  switch (field.kind) {
    case "text":
    case "secret":
    case "enum":
    case "reference":
      return "";
    case "boolean":
      return false;
    case "scalars":
    case "rows":
      return [];
    case "object":
      return blankShape(field);
    case "union":
      return field.arms[0] ? blankShape(field.arms[0]) : {};
    case "number":
    case "json":
      return null;
  }
}

/** A new object of this shape. A secret in it is empty: null would say that one is stored. */
export function blankShape(shape: Shape): Json {
  const fields = shape.fields.map((field) => [field.name, field.kind === "secret" ? "" : blank(field)]);
  return { ...shape.constants, ...Object.fromEntries(fields) };
}

/** A config with everything a new resource begins with; what is given stays, and of an object what it lacks is blank. */
export function completed(fields: readonly Field[], given: Json): Json {
  return Object.fromEntries(fields.map((field) => [field.name, whole(field, given[field.name])]));
}

function whole(field: Field, value: unknown): unknown {
  if (field.kind === "object" && isObject(value)) return { ...blankShape(field), ...value };
  return value ?? blank(field);
}

/** The value with every stored secret (null) made an empty one: nothing is stored where it goes. */
export function withoutStored(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case "secret":
      return value === null && !field.nullable ? "" : value;
    case "rows":
      return Array.isArray(value) ? value.map((row) => emptied(field, row)) : value;
    case "object":
      return emptied(field, value);
    default:
      return value;
  }
}

function emptied(shape: Shape, value: unknown): unknown {
  if (!isObject(value)) return value;
  const result = { ...value };
  for (const field of shape.fields) {
    if (field.kind === "secret") result[field.name] = value[field.name] ?? "";
    else result[field.name] = withoutStored(field, value[field.name]);
  }
  return result;
}

/** The value with every secret somebody typed taken out: what may lie in the browser's storage. */
export function withoutTyped(field: Field, value: unknown): unknown {
  const inside = (shape: Shape, one: unknown): unknown =>
    isObject(one)
      ? { ...one, ...Object.fromEntries(shape.fields.map((f) => [f.name, withoutTyped(f, one[f.name])])) }
      : one;
  switch (field.kind) {
    case "secret":
      return typeof value === "string" ? "" : value;
    case "rows":
      return Array.isArray(value) ? value.map((row) => inside(field, row)) : value;
    case "object":
      return inside(field, value);
    case "union": {
      const arm = field.arms.find((each) => isObject(value) && each.value === value[field.tag]);
      return arm ? inside(arm, value) : value;
    }
    default:
      return value;
  }
}

/** Same JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}
