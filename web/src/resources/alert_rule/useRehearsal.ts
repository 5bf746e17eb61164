/** useRehearsal: when a rule would have fired, asked anew once typing pauses; only the newest answer counts. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, Problem } from "~/api/http";
import { isFigure, type Rehearsal } from "./preview";
import type { RuleConfig } from "./words";

const PAUSE = 400;

export interface Rehearsed {
  found: Rehearsal | undefined;
  busy: boolean;
  /** What is wrong with the rule as it is typed now. */
  problem: Problem | undefined;
}

export function useRehearsal(config: RuleConfig, seconds: number): Rehearsed {
  const [typed] = useDebouncedValue(JSON.stringify(config), PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["alert_rule.rehearse", typed, seconds],
    enabled: isFigure(config.what),
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - seconds * 1000).toISOString();
      const body = { config: JSON.parse(typed) as unknown, since };
      return ask<Rehearsal>("POST", "/alert_rules/-/rehearse", { body, signal });
    },
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  if (error && !(error instanceof Problem)) throw error;
  return { found: error ? undefined : data, busy: isFetching, problem: error ?? undefined };
}
