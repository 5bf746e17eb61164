/** What a new resource begins with: a copy of another, or what a link says (`?config.server=…`). */
import type { Resource, TypeInfo } from "~/api/types";
import { isObject, type Json } from "./field";
import { fieldsOf } from "./schema";
import { withoutStored } from "./value";

export interface Start {
  name?: string;
  description?: string;
  tags?: string[];
  config?: Json;
}

/** A copy: all but the name; secrets have to be typed again, they are never read back. */
export function copyOf(type: TypeInfo, source: Resource): Start {
  const config: Json = { ...source.config };
  for (const field of fieldsOf(type.config)) config[field.name] = withoutStored(field, config[field.name]);
  return { description: source.description, tags: [...source.tags], config };
}

/** `?name=…&config.server=…&config.image.image=…`: values given in an address, for fields there are. */
export function startOf(
  type: TypeInfo,
  search: Readonly<Record<string, unknown>>,
  source?: Resource,
  begin: Readonly<Json> = {},
): Start {
  const start: Start = source ? copyOf(type, source) : { config: { ...begin } };
  const config: Json = { ...start.config };
  for (const [key, value] of Object.entries(search)) {
    const [top, name, ...deeper] = key.split(".");
    if (key === "name" && typeof value === "string") start.name = value;
    if (top !== "config" || !name || !fieldsOf(type.config).some((field) => field.name === name)) continue;
    config[name] = put(config[name], deeper, value);
  }
  return { ...start, config };
}

function put(into: unknown, path: readonly string[], value: unknown): unknown {
  const [next, ...deeper] = path;
  if (next === undefined) return value;
  const object = isObject(into) ? into : {};
  return { ...object, [next]: put(object[next], deeper, value) };
}
