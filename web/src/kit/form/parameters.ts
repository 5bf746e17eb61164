/** Parameters: what an operation asks for beside its target, as fields; what they hold first, what is wrong with them. */
import type { Field, Json } from "./field";
import { fieldsOf } from "./schema";
import { validate, type Wrong } from "./validate";
import { blank } from "./value";

/** Said by the address and the headers, never by people. */
const GIVEN: readonly string[] = ["target", "revision", "expects"];

export function parametersOf(operation: { schema: unknown }): Field[] {
  return fieldsOf(operation.schema).filter((field) => !GIVEN.includes(field.name));
}

/** What they hold before anybody chose something. */
export function blankParameters(fields: readonly Field[]): Json {
  return Object.fromEntries(fields.map((field) => [field.name, blank(field)]));
}

/** What is wrong with them; ask before sending. */
export function wrongParameters(fields: readonly Field[], value: Json): Wrong[] {
  const told = fields.filter((field) => field.required || !isUnset(field, value[field.name]));
  return told.flatMap((field) => validate(field, value[field.name], field.name));
}

/** It need not be said, has no default to be said for it, and nobody said it. */
function isUnset(field: Field, value: unknown): boolean {
  return field.fallback === undefined && (value === null || value === undefined || value === "");
}
