/** useHistory: what was deployed, asked again whenever an action on the deployment ends. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useHearing } from "~/api/asked";
import { useOpenActivities } from "~/api/hooks";
import { ask, type Problem } from "~/api/http";
import type { Deployment, Schemas } from "~/api/types";
import { useRuns } from "~/kit/runs";

export type Deployed = Schemas["Deployed"];
export type Drift = Schemas["Drift"];
export type Difference = Schemas["Difference"];
type Change = Schemas["Change"];

interface Answer<T> {
  data: T | undefined;
  problem: Problem | null;
}

export function useHistory(deployment: Deployment): Answer<readonly Deployed[]> {
  const { items, ready } = useRuns("deployment");
  const last = items.get(deployment.id)?.items.at(-1)?.activity;
  const { data, error } = useQuery<readonly Deployed[], Problem>({
    queryKey: ["deployment.history", deployment.id, last],
    queryFn: ({ signal }) => ask("GET", `/deployments/${deployment.id}/history`, { signal }),
    // Before it is known what ran last, the answer would be asked for twice.
    enabled: ready,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { data, problem: error };
}

/** Asks the host; again when what is known of the container changes, but not while something is done to it. */
export function useDrift(deployment: Deployment): Answer<Drift> {
  const { info, status } = deployment;
  const busy = useOpenActivities(deployment.id).length > 0;
  const hears = useHearing();
  const { data, error } = useQuery<Drift, Problem>({
    queryKey: ["deployment.drift", deployment.id, info.container, status.drift, status.state === "unknown"],
    queryFn: ({ signal }) => ask("GET", `/deployments/${deployment.id}/drift`, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    // Before it is known what goes on, an action in its middle would be taken for drift.
    enabled: hears && !busy,
    retry: false,
  });
  return { data, problem: error };
}

/** Between two releases; 0 for `after` is the config as it is now. */
export function useDiff(deployment: Deployment, before: number, after: number): Answer<readonly Change[]> {
  const { data, error } = useQuery<readonly Change[], Problem>({
    queryKey: ["deployment.diff", deployment.id, before, after, after ? "" : deployment.revision],
    queryFn: ({ signal }) =>
      ask("GET", `/deployments/${deployment.id}/diff`, { query: { before, after }, signal }),
    enabled: before > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { data, problem: error };
}
