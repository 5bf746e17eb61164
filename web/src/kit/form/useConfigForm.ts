/** The state of a form that edits a resource: draft over live values, review, merge, save. */
import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useMemo, useState } from "react";
import { ask, Problem } from "~/api/http";
import type { Resource, TypeInfo } from "~/api/types";
import { CLEAN, type Draft, dirtyPaths, isDirty, rebased, type Values } from "./draft";
import { bodyOf, type FormFields, formFields, valuesOf } from "./formFields";
import { forget } from "./kept";
import type { Choices, Clash, Side } from "./merge";
import { type DraftState, useDraft } from "./useDraft";
import { type Errors, useErrors } from "./useErrors";
import { inSentence, listed } from "./words";

export interface ConfigFormState extends DraftState {
  type: TypeInfo;
  /** The newest that is known. */
  resource: Resource;
  fields: FormFields;
  live: Values;
  dirty: readonly string[];
  errors: Errors;
  stage: "edit" | "review";
  /** To be decided before saving: others saved the same things meanwhile. */
  clashes: readonly Clash[];
  choices: Choices;
  choose(path: string, side: Side): void;
  /** Take the choices and go on to the review. */
  settle(): void;
  /** Others' changes were put together with these ones. */
  merged: boolean;
  /** Someone saved since the first edit. */
  behind: number;
  review(): void;
  back(): void;
  save(): void;
  saving: boolean;
  /** What core said that belongs to no control. */
  problem: Problem | undefined;
  saved: Resource | undefined;
  forgetSaved(): void;
  discarded: Draft | undefined;
  discard(): void;
  restoreDiscarded(): void;
  forgetDiscarded(): void;
}

export function useConfigForm(
  type: TypeInfo,
  resource: Resource,
  onSaved?: (saved: Resource) => void,
): ConfigFormState {
  const fields = useMemo(() => formFields(type, true), [type]);
  const [newer, setNewer] = useState<Resource>();
  const latest = newer && newer.revision > resource.revision ? newer : resource;
  // The config changes only with its revision; its status is pushed all the time.
  const live = useMemo(() => valuesOf(fields, latest), [fields, latest.id, latest.revision]);
  const key = `${type.name}.${resource.id}`;
  const state = useDraft(key, fields.byPath, live, latest.revision);
  const { draft, values, replace } = state;
  const dirty = useMemo(() => dirtyPaths(draft), [draft]);
  const errors = useErrors(fields.byPath, values, dirty);
  const [stage, setStage] = useState<"edit" | "review">("edit");
  const [choices, setChoices] = useState<Choices>({});
  const [merged, setMerged] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [saved, setSaved] = useState<Resource>();
  const [discarded, setDiscarded] = useState<Draft>();

  const behind = isDirty(draft) ? Math.max(0, latest.revision - draft.revision) : 0;
  const merge = useMemo(
    () =>
      behind > 0 ? rebased(draft, fields.byPath, live, latest.revision, choices) : { draft, clashes: [] },
    [behind, draft, fields, live, latest.revision, choices],
  );

  const settle = useCallback(() => {
    replace(merge.draft);
    setMerged(true);
    setChoices({});
  }, [merge, replace]);

  // In the review nothing moves by itself but what clashes with nothing.
  useEffect(() => {
    if (stage !== "review" || behind === 0 || merge.clashes.length > 0) return;
    settle();
  }, [stage, behind, merge, settle]);

  // Undone to the last: there is nothing to review any more.
  useEffect(() => {
    if (stage === "review" && !isDirty(draft)) setStage("edit");
  }, [stage, draft]);

  const done = (answer: Resource) => {
    setNewer(answer);
    replace(CLEAN);
    forget(key);
    setStage("edit");
    setMerged(false);
    setSaved(answer);
    errors.reset();
    const labels = dirty.map((path) => inSentence(fields.byPath.get(path)?.label ?? path));
    notifications.show({ message: `Saved ${listed(labels)} of ${answer.name}.` });
    onSaved?.(answer);
  };

  const failed = (failure: unknown) => {
    if (!(failure instanceof Problem)) throw failure;
    const current = failure.body.current;
    if (failure.status === 409 && current) {
      setNewer(current);
      return;
    }
    if (errors.take(failure)) setStage("edit");
    else setProblem(failure);
  };

  const save = () => {
    if (saving || merge.clashes.length > 0) return;
    const changes = Object.fromEntries(dirty.map((path) => [path, values[path]]));
    setSaving(true);
    setProblem(undefined);
    ask<Resource>("PATCH", `/${type.plural}/${resource.id}`, {
      body: bodyOf(changes),
      revision: draft.revision,
    })
      .then(done)
      .catch(failed)
      .finally(() => setSaving(false));
  };

  return {
    ...state,
    set: useCallback(
      (path, value) => {
        state.set(path, value);
        setProblem(undefined);
        setDiscarded(undefined);
        setSaved(undefined);
      },
      [state.set],
    ),
    type,
    resource: latest,
    fields,
    live,
    dirty,
    errors,
    stage,
    clashes: stage === "review" ? merge.clashes : [],
    choices,
    choose: (path, side) => setChoices((old) => ({ ...old, [path]: side })),
    settle,
    merged,
    behind,
    review: () => {
      if (dirty.length === 0 || !errors.attempt()) return;
      setProblem(undefined);
      setMerged(false);
      setStage("review");
    },
    back: () => setStage("edit"),
    save,
    saving,
    problem,
    saved,
    forgetSaved: () => setSaved(undefined),
    discarded,
    discard: () => {
      setDiscarded(draft);
      replace(CLEAN);
      setProblem(undefined);
      errors.reset();
      state.forgetRestored();
    },
    restoreDiscarded: () => {
      if (discarded) replace(discarded);
      setDiscarded(undefined);
    },
    forgetDiscarded: () => setDiscarded(undefined),
  };
}
