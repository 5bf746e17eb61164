/** Wrong: what a refusal says about which field, and what is left to say about the whole. Pure. */
import { Problem } from "~/api/http";

export interface Wrong {
  problem: Problem | undefined;
  wrong: Record<string, string>;
}

export function split(problem: Problem | undefined, fields: readonly string[]): Wrong {
  const errors = problem?.body.errors ?? [];
  if (!problem || errors.length === 0) return { problem, wrong: {} };
  const shown = errors.filter((error) => fields.includes(error.path));
  const rest = errors.filter((error) => !fields.includes(error.path));
  return {
    // Each field says its own; the sum of them need not be said again.
    problem: rest.length > 0 ? new Problem({ ...problem.body, errors: rest }) : undefined,
    wrong: Object.fromEntries(shown.map((error) => [error.path, error.message])),
  };
}
