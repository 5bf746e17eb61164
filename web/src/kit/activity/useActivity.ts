/** useActivity: one activity, live, however old it is. */
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { isOpen, useTopic } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Activity, ProblemBody, Step } from "~/api/types";
import type { Find } from "./waiting";

const NEWEST = { topic: "activity.watch" };

export interface Followed {
  activity: Activity | undefined;
  ready: boolean;
  problem: ProblemBody | undefined;
}

/** From the list everybody shares where that holds it, else from a topic of its own. */
export function useActivity(id: string): Followed {
  const shared = useTopic<Activity>(NEWEST);
  const own = !shared.ready || shared.items.has(id) ? NEWEST : { ...NEWEST, target: id };
  const { items, ready, problem } = useTopic<Activity>(own);
  return { activity: items.get(id), ready, problem };
}

/** Other activities by id, as far as they are known here. */
export function useFind(): Find {
  const { items } = useTopic<Activity>(NEWEST);
  return useCallback((id) => items.get(id), [items]);
}

const NONE: readonly Step[] = [];

/** Steps of the last success of the same kind: what is to come, or what was not reached. Asked once for each. */
export function useExpected(activity: Activity | undefined): readonly Step[] {
  const job = activity !== undefined && (isOpen(activity) || activity.steps.length > 0);
  const wanted = job && activity.what !== null && activity.state !== "succeeded";
  const { data } = useQuery({
    queryKey: ["expected", activity?.id],
    enabled: wanted,
    queryFn: async ({ signal }) => {
      const query = {
        operation: activity?.operation,
        state: "succeeded",
        resource: activity?.what?.id,
        limit: 1,
      };
      const page = await ask<{ items: Activity[] }>("GET", "/activity", { query, signal });
      return page.items[0]?.steps ?? NONE;
    },
  });
  return (wanted && data) || NONE;
}
