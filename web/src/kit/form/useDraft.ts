/** The draft of a form: edited, undone, kept over a reload of the tab. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { CLEAN, type Draft, edited, isDirty, shown, undone, unsaved, type Values } from "./draft";
import type { Field } from "./field";
import { type KeptDraft, keep, recall } from "./kept";

/** Typing is not written to the tab's storage at each key. */
const KEEP_AFTER = 300;

export interface DraftState {
  draft: Draft;
  /** What the form shows. */
  values: Values;
  set(path: string, value: unknown): void;
  undo(path: string): void;
  replace(draft: Draft): void;
  /** The draft is one from before a reload. */
  restored: KeptDraft | undefined;
  forgetRestored(): void;
}

export function useDraft(
  key: string,
  fields: ReadonlyMap<string, Field>,
  live: Values,
  revision: number,
): DraftState {
  const [restored, setRestored] = useState(() => {
    const kept = recall(key, fields);
    // What was stored after all is no draft any more.
    const left = kept && { ...kept, draft: unsaved(kept.draft, live) };
    return left && isDirty(left.draft) ? left : undefined;
  });
  const [draft, setDraft] = useState<Draft>(restored?.draft ?? CLEAN);
  const latest = useRef({ live, revision, draft, fields });
  latest.current = { live, revision, draft, fields };

  useEffect(() => {
    const write = () => keep(key, latest.current.draft, latest.current.fields, Date.now());
    addEventListener("pagehide", write);
    return () => {
      removeEventListener("pagehide", write);
      write();
    };
  }, [key]);

  useEffect(() => {
    const timer = setTimeout(() => keep(key, draft, fields, Date.now()), KEEP_AFTER);
    return () => clearTimeout(timer);
  }, [key, draft, fields]);

  const set = useCallback((path: string, value: unknown) => {
    const { live: now, revision: at } = latest.current;
    setDraft((old) => edited(old, now, at, path, value));
  }, []);
  const undo = useCallback((path: string) => setDraft((old) => undone(old, path)), []);
  const values = useMemo(() => shown(draft, live), [draft, live]);
  const forgetRestored = useCallback(() => setRestored(undefined), []);
  return { draft, values, set, undo, replace: setDraft, restored, forgetRestored };
}
