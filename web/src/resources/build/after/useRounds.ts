/** useRounds: the last rounds of redeploys that followed a build, newest first, live. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useActivities } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Activity } from "~/api/types";

const OPERATION = "build.redeploy";
const SHOWN = 8;

export function useRounds(build: string): { rounds: readonly Activity[]; ready: boolean } {
  const { list } = useActivities();
  const { data, isPending } = useQuery({
    queryKey: ["rounds", build],
    queryFn: async ({ signal }) => {
      const query = { type: "build", resource: build, operation: OPERATION, limit: SHOWN };
      return (await ask<{ items: Activity[] }>("GET", "/activity", { query, signal })).items;
    },
  });
  const rounds = useMemo(() => {
    const known = new Map((data ?? []).map((activity) => [activity.id, activity]));
    for (const activity of list) {
      if (activity.operation === OPERATION && activity.what?.id === build) known.set(activity.id, activity);
    }
    return [...known.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, SHOWN);
  }, [data, list, build]);
  return { rounds, ready: !isPending };
}
