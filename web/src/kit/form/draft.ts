/** Draft: what somebody typed and has not saved, laid over the live values field by field. */
import type { Field } from "./field";
import { type Choices, type Clash, merge } from "./merge";
import { same } from "./value";

/** Values of all fields of a form by path: `name`, `config.ports`. */
export type Values = Readonly<Record<string, unknown>>;

/** One field that was changed: what stood there when the change began, and what stands there now. */
export interface Edit {
  base: unknown;
  value: unknown;
}

export interface Draft {
  edits: Readonly<Record<string, Edit>>;
  /** The revision the first edit was made on. */
  revision: number;
}

export const CLEAN: Draft = { edits: {}, revision: 0 };

export const isDirty = (draft: Draft): boolean => Object.keys(draft.edits).length > 0;

/** Changed fields, in the order they were first touched. */
export const dirtyPaths = (draft: Draft): string[] => Object.keys(draft.edits);

/** What the form shows: untouched fields follow the live values. */
export function shown(draft: Draft, live: Values): Values {
  const edited = Object.entries(draft.edits).map(([path, edit]) => [path, edit.value]);
  return { ...live, ...Object.fromEntries(edited) };
}

/** The draft with one field changed; what says the same as the live value is no edit. */
export function edited(draft: Draft, live: Values, revision: number, path: string, value: unknown): Draft {
  const { [path]: before, ...others } = draft.edits;
  const since = isDirty(draft) ? draft.revision : revision;
  const base = before ? before.base : live[path];
  if (same(value, live[path])) return { edits: others, revision: since };
  return { edits: { ...draft.edits, [path]: { base, value } }, revision: since };
}

/** The draft without one field's edit, or without any. */
export function undone(draft: Draft, path?: string): Draft {
  if (path === undefined) return CLEAN;
  const { [path]: _, ...others } = draft.edits;
  return { ...draft, edits: others };
}

/** The draft without what the live values say already. */
export function unsaved(draft: Draft, live: Values): Draft {
  const left = Object.entries(draft.edits).filter(([path, { value }]) => !same(value, live[path]));
  return { ...draft, edits: Object.fromEntries(left) };
}

/** The draft on newer values: what clashes is decided by `choices`; for the rest both sides' changes stay. */
export function rebased(
  draft: Draft,
  fields: ReadonlyMap<string, Field>,
  live: Values,
  revision: number,
  choices: Choices = {},
): { draft: Draft; clashes: Clash[] } {
  const edits: Record<string, Edit> = {};
  const clashes: Clash[] = [];
  for (const [path, edit] of Object.entries(draft.edits)) {
    const field = fields.get(path);
    if (!field) continue;
    const merged = merge(field, path, { base: edit.base, theirs: live[path], mine: edit.value }, choices);
    clashes.push(...merged.clashes);
    if (!same(merged.value, live[path])) edits[path] = { base: live[path], value: merged.value };
  }
  return { draft: { edits, revision }, clashes };
}
