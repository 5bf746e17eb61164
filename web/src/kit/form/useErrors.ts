/** What is wrong in a form: by its fields' rules, by controls that hold no value yet, by core's answer. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Problem } from "~/api/http";
import type { Values } from "./draft";
import type { Field } from "./field";
import { focusControl } from "./focus";
import { isWithin, locate, topOf } from "./path";
import { validate } from "./validate";
import { same } from "./value";
import { sentence } from "./words";

export interface Errors {
  /** By path; before the first try to save only of what was left. */
  shown: ReadonlyMap<string, string>;
  /** Paths of all that is wrong, in the order of the form. */
  wrong: readonly string[];
  blurred(path: string): void;
  report(path: string, message: string | undefined): void;
  reveal: { path: string; at: number } | undefined;
  /** Show all that is wrong and go to the first; true if nothing is. */
  attempt(): boolean;
  /** Core's complaints at their controls. Answers whether any of them has one. */
  take(problem: Problem): boolean;
  /** Forget what was left and what core said. */
  reset(): void;
}

export function useErrors(
  fields: ReadonlyMap<string, Field>,
  values: Values,
  /** Only these are looked at: what was not touched, core has taken before. */
  checked: readonly string[],
): Errors {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [reports, setReports] = useState<ReadonlyMap<string, string>>(new Map());
  const [answers, setAnswers] = useState<readonly { path: string; message: string; value: unknown }[]>([]);
  const [reveal, setReveal] = useState<{ path: string; at: number }>();

  const found = useMemo(() => {
    const all = new Map<string, { message: string; always: boolean }>();
    for (const [path, field] of fields) {
      for (const [at, message] of reports) if (isWithin(at, path)) all.set(at, { message, always: true });
      for (const { path: at, message, value } of answers) {
        // What core said of a value holds until that is changed.
        if (isWithin(at, path) && same(value, values[path])) all.set(at, { message, always: true });
      }
      if (!checked.includes(path)) continue;
      for (const wrong of validate(field, values[path], path)) {
        if (!all.has(wrong.path)) all.set(wrong.path, { message: wrong.message, always: false });
      }
    }
    return all;
  }, [fields, values, checked, reports, answers]);

  const visible = useMemo(() => {
    const some = [...found].filter(([path, { always }]) => always || attempted || left.has(path));
    return new Map(some.map(([path, { message }]) => [path, message]));
  }, [found, attempted, left]);
  const shown = useSteady(visible);

  useEffect(() => {
    if (reveal) focusControl(reveal.path);
  }, [reveal]);

  const wrong = useMemo(() => [...found.keys()], [found]);
  const go = useCallback((path: string) => setReveal({ path, at: Date.now() }), []);
  const [first] = wrong;
  const attempt = useCallback(() => {
    setAttempted(true);
    if (first !== undefined) go(first);
    return first === undefined;
  }, [first, go]);

  const take = useCallback(
    (problem: Problem) => {
      const placed = (problem.body.errors ?? []).flatMap(({ path, message }) => {
        const at = locate(path, values);
        return at === undefined ? [] : [{ path: at, message: sentence(message), value: values[topOf(at)] }];
      });
      setAnswers(placed);
      const order = [...fields.keys()];
      placed.sort((a, b) => order.indexOf(topOf(a.path)) - order.indexOf(topOf(b.path)));
      if (placed[0]) go(placed[0].path);
      return placed.length > 0;
    },
    [values, fields, go],
  );

  const reset = useCallback(() => {
    setLeft(new Set());
    setAttempted(false);
    setAnswers([]);
  }, []);
  const blurred = useCallback((path: string) => {
    setLeft((old) => (old.has(path) ? old : new Set([...old, path])));
  }, []);
  const report = useCallback((path: string, message: string | undefined) => {
    setReports((old) => {
      if (old.get(path) === message) return old;
      const next = new Map(old);
      if (message === undefined) next.delete(path);
      else next.set(path, message);
      return next;
    });
  }, []);
  return { shown, wrong, blurred, report, reveal, attempt, take, reset };
}

/** The same map for as long as it says the same: every control of the form reads it. */
function useSteady(errors: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const kept = useRef(errors);
  const before = kept.current;
  const equal =
    before.size === errors.size && [...errors].every(([path, message]) => before.get(path) === message);
  if (!equal) kept.current = errors;
  return kept.current;
}
