/** The state of a form that makes a new resource: like editing one that holds only defaults. */
import { useCallback, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { ask, Problem } from "~/api/http";
import type { Resource, TypeInfo } from "~/api/types";
import { toast } from "~/kit/toast";
import { CLEAN, type Values } from "./draft";
import { bodyOf, type FormFields, formFields, valuesOf } from "./formFields";
import { forget } from "./kept";
import type { Start } from "./start";
import { type DraftState, useDraft } from "./useDraft";
import { type Errors, useErrors } from "./useErrors";

export interface CreateFormState extends DraftState {
  fields: FormFields;
  start: Values;
  errors: Errors;
  create(): void;
  creating: boolean;
  problem: Problem | undefined;
  discard(): void;
}

export function useCreateForm(
  type: TypeInfo,
  initial: Start,
  onCreated: (made: Resource) => void,
): CreateFormState {
  const fields = useMemo(() => formFields(type), [type]);
  const said = JSON.stringify(initial);
  // What it says is its value.
  const start = useMemo(() => valuesOf(fields, initial), [fields, said]);
  // A draft belongs to what it began with: a copy of one thing is no draft of another.
  const key = `${type.name}.new ${said}`;
  const state = useDraft(key, fields.byPath, start, 0);
  const { draft, values, replace } = state;
  const all = useMemo(() => [...fields.byPath.keys()], [fields]);
  const errors = useErrors(fields.byPath, values, all);
  const [creating, setCreating] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const done = (made: Resource) => {
    // At once: the guard must not ask about what is stored.
    flushSync(() => replace(CLEAN));
    forget(key);
    toast.notes(made.name, made.notes ?? []);
    onCreated(made);
  };
  const failed = (failure: unknown) => {
    if (!(failure instanceof Problem)) throw failure;
    if (!errors.take(failure)) setProblem(failure);
  };
  const { set } = state;
  return {
    ...state,
    set: useCallback(
      (path, value) => {
        set(path, value);
        setProblem(undefined);
      },
      [set],
    ),
    fields,
    start,
    errors,
    creating,
    problem,
    create: () => {
      if (creating || !errors.attempt()) return;
      setCreating(true);
      setProblem(undefined);
      ask<Resource>("POST", `/${type.plural}`, { body: bodyOf({ ...start, ...edits(draft.edits) }) })
        .then(done)
        .catch(failed)
        .finally(() => setCreating(false));
    },
    discard: () => {
      replace(CLEAN);
      errors.reset();
      setProblem(undefined);
      state.forgetRestored();
    },
  };
}

function edits(of: Readonly<Record<string, { value: unknown }>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).map(([path, edit]) => [path, edit.value]));
}
