/** Paths of declared columns (`status.cpu`, `config.server`): the value there, and whom an id there means. */
import type { Resource, TypeInfo } from "~/api/types";

/** The value at a path into a resource; undefined where there is none. */
export function valueAt(resource: Resource, path: string): unknown {
  let at: unknown = resource;
  for (const part of path.split(".")) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

/** `config.source.url` → `url`: what a column is called in URLs. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

export interface Reference {
  name: string;
  /** Its page, where its type is known. */
  to: string | undefined;
}

/** The resource whose id stands at a path: by its name, which the row brings along. */
export function referenceOf(
  resource: Resource,
  path: string,
  types: readonly TypeInfo[],
): Reference | undefined {
  const id = valueAt(resource, path);
  const name = typeof id === "string" ? resource.names[id] : undefined;
  if (name === undefined) return undefined;
  const field = lastOf(path);
  const type = types.find((each) => each.name === field);
  return { name, to: type && `/${type.plural}/${name}` };
}
