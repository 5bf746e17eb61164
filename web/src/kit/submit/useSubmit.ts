/** useSubmit: one small form: its request, whether it is under way, and what is wrong with which field. */
import { useState } from "react";
import { Problem } from "~/api/http";
import { split } from "./wrong";

export interface Submit {
  busy: boolean;
  /** What is not about a field shown. */
  problem: Problem | undefined;
  /** By field. */
  wrong: Record<string, string>;
  onSubmit(event: React.FormEvent): void;
}

/** `send` is asked on submit; it goes on by itself when that worked. `failed` when it did not. */
export function useSubmit(fields: readonly string[], send: () => Promise<void>, failed?: () => void): Submit {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setProblem(failure);
      setBusy(false);
      failed?.();
    }
  };

  return {
    busy,
    ...split(problem, fields),
    onSubmit: (event) => {
      event.preventDefault();
      void submit();
    },
  };
}
