/** Drafts kept over a reload, in this tab only. Secrets are left out: the browser would write them to its disk. */
import { CLEAN, type Draft, type Edit, isDirty } from "./draft";
import { type Field, isObject } from "./field";
import { same, withoutTyped } from "./value";

export interface KeptDraft {
  draft: Draft;
  /** ms since the epoch. */
  at: number;
  /** A secret was typed and has to be typed again. */
  lostSecret: boolean;
}

const PREFIX = "monitor.draft.";

/** `deployment.01M8…`, or `deployment.new` with what a new one began with. */
export function keep(key: string, draft: Draft, fields: ReadonlyMap<string, Field>, now: number): void {
  if (!isDirty(draft)) {
    forget(key);
    return;
  }
  const edits: Record<string, Edit> = {};
  let lostSecret = false;
  for (const [path, edit] of Object.entries(draft.edits)) {
    const field = fields.get(path);
    if (!field) continue;
    const value = withoutTyped(field, edit.value);
    lostSecret ||= !same(value, edit.value);
    edits[path] = { base: edit.base, value };
  }
  const kept: KeptDraft = { draft: { ...draft, edits }, at: now, lostSecret };
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(kept));
  } catch {
    // No room, or storage is switched off: the page itself still holds the draft.
  }
}

export function recall(key: string, fields: ReadonlyMap<string, Field>): KeptDraft | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null");
    if (!isKept(found)) return undefined;
    const known = Object.entries(found.draft.edits).filter(([path]) => fields.has(path));
    const draft = known.length > 0 ? { ...found.draft, edits: Object.fromEntries(known) } : CLEAN;
    return isDirty(draft) ? { ...found, draft } : undefined;
  } catch {
    return undefined;
  }
}

export function forget(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept where there is no storage.
  }
}

function isKept(value: unknown): value is KeptDraft {
  if (!isObject(value) || typeof value.at !== "number" || !isObject(value.draft)) return false;
  const { edits, revision } = value.draft;
  return typeof revision === "number" && isObject(edits) && Object.values(edits).every(isEdit);
}

function isEdit(value: unknown): value is Edit {
  return isObject(value) && "base" in value && "value" in value;
}
