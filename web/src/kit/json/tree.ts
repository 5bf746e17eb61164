/** Tree: a JSON value as lines that fold, and those a search finds. Pure. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Line {
  /** `Config.Env[2]`: where it stands; the root's is empty. */
  path: string;
  depth: number;
  /** Its key or index; empty for the root. */
  label: string;
  value: Json;
  /** How many it holds, if it folds. */
  size: number | undefined;
  open: boolean;
}

/** Lists and objects with something in them can be opened. */
export function entriesOf(value: Json, path: string): [label: string, path: string, value: Json][] {
  if (Array.isArray(value)) return value.map((item, i) => [String(i), `${path}[${i}]`, item]);
  if (typeof value === "object" && value !== null)
    return Object.entries(value).map(([key, item]) => [key, path ? `${path}.${key}` : key, item]);
  return [];
}

/** The lines to show, where `open` holds the paths that are open. */
export function linesOf(root: Json, open: ReadonlySet<string>): Line[] {
  const lines: Line[] = [];
  const add = (value: Json, path: string, label: string, depth: number): void => {
    const inner = entriesOf(value, path);
    const folds = typeof value === "object" && value !== null;
    const opened = inner.length > 0 && open.has(path);
    if (depth >= 0)
      lines.push({ path, depth, label, value, size: folds ? inner.length : undefined, open: opened });
    if (opened || depth < 0) for (const [key, at, item] of inner) add(item, at, key, depth + 1);
  };
  add(root, "", "", -1);
  return lines;
}

/** Paths of everything that can be opened. */
export function foldable(root: Json): string[] {
  const paths: string[] = [];
  const add = (value: Json, path: string): void => {
    const inner = entriesOf(value, path);
    if (inner.length === 0) return;
    if (path) paths.push(path);
    for (const [, at, item] of inner) add(item, at);
  };
  add(root, "");
  return paths;
}

/** Only what is found, with the way to it: keys and values that hold the text, upper and lower case alike. */
export function found(root: Json, text: string): { value: Json | undefined; hits: number } {
  const sought = text.toLowerCase();
  let hits = 0;
  const sift = (value: Json): Json | undefined => {
    if (typeof value !== "object" || value === null) {
      if (!String(value).toLowerCase().includes(sought)) return undefined;
      hits += 1;
      return value;
    }
    if (Array.isArray(value)) {
      const kept = value.map(sift).filter((item): item is Json => item !== undefined);
      return kept.length > 0 ? kept : undefined;
    }
    const kept: [string, Json][] = [];
    for (const [key, item] of Object.entries(value)) {
      if (key.toLowerCase().includes(sought)) {
        hits += 1;
        kept.push([key, item]);
        continue;
      }
      const part = sift(item);
      if (part !== undefined) kept.push([key, part]);
    }
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  return { value: sift(root), hits };
}

/** As it stands after the label: a scalar itself, of what folds what it holds. */
export function written(value: Json, size: number | undefined): string {
  if (size === undefined) return typeof value === "string" ? `"${value}"` : String(value);
  if (Array.isArray(value)) return size === 0 ? "[]" : size === 1 ? "[1 item]" : `[${size} items]`;
  return size === 0 ? "{}" : size === 1 ? "{1 field}" : `{${size} fields}`;
}
