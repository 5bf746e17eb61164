/** Recent: the pages visited and the actions run last in this browser, by what they are, not by what they were called. */

/** A path of the app, or an operation on a resource. */
export type Used = { path: string; at: number } | { operation: string; type: string; id: string; at: number };

const KEY = "monitor.recent";
const KEPT = 30;

export function readUsed(): Used[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isUsed) : [];
  } catch {
    return [];
  }
}

export function noteUsed(used: Used): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withUsed(readUsed(), used)));
  } catch {
    // A full or closed storage costs the order of the palette, nothing else.
  }
}

/** The newest first, each once. */
export function withUsed(kept: readonly Used[], used: Used): Used[] {
  return [used, ...kept.filter((each) => nameOf(each) !== nameOf(used))].slice(0, KEPT);
}

function nameOf(used: Used): string {
  return "path" in used ? used.path : `${used.operation}:${used.id}`;
}

function isUsed(value: unknown): value is Used {
  if (typeof value !== "object" || value === null) return false;
  const { path, operation, type, id, at } = value as Record<string, unknown>;
  if (typeof at !== "number") return false;
  return (
    typeof path === "string" ||
    (typeof operation === "string" && typeof type === "string" && typeof id === "string")
  );
}
