/** useWebhook: one request about a build's webhook, whether it is under way, and why it was refused. */
import { useState } from "react";
import { ask, Problem } from "~/api/http";
import type { Resource } from "~/api/types";

export interface Asking {
  busy: boolean;
  problem: Problem | undefined;
  /** What core answers, or true where it answers nothing; undefined when it refused. */
  send<R = true>(verb: string, body: object): Promise<R | undefined>;
}

export function useWebhook(resource: Resource): Asking {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  return {
    busy,
    problem,
    send: async <R>(verb: string, body: object) => {
      setBusy(true);
      setProblem(undefined);
      try {
        return (await ask<R | undefined>("POST", `/builds/${resource.id}/${verb}`, { body })) ?? (true as R);
      } catch (failure) {
        if (!(failure instanceof Problem)) throw failure;
        setProblem(failure);
        return undefined;
      } finally {
        setBusy(false);
      }
    },
  };
}
