/** useActivity: one activity, live, however old it is. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { isOpen, useServers, useTopic, useTypes } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Activity, ProblemBody, Step } from "~/api/types";
import { isAttended } from "./attended";
import { type Expected, expectedSteps } from "./steps";
import type { ServerName } from "./turn";
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

/** Servers by id, as far as the viewer may see them. */
export function useServerName(): ServerName {
  const { items } = useServers();
  return useCallback((id) => items.get(id)?.name, [items]);
}

const NONE: readonly Step[] = [];

/** The steps of an activity, those to come or not reached included, with how long each took last time. */
export function useExpected(activity: Activity): readonly Expected[] {
  const types = useTypes();
  const past = usePast(activity);
  return useMemo(() => expectedSteps(activity, types, past), [activity, types, past]);
}

/** Steps of the last success of the same kind. Asked once for each. */
function usePast(activity: Activity): readonly Step[] {
  const job = !isAttended(activity) && (isOpen(activity) || activity.steps.length > 0);
  const wanted = job && activity.what !== null && activity.state !== "succeeded";
  const { data } = useQuery({
    queryKey: ["expected", activity.id],
    enabled: wanted,
    queryFn: async ({ signal }) => {
      const query = {
        operation: activity.operation,
        state: "succeeded",
        resource: activity.what?.id,
        limit: 1,
      };
      const page = await ask<{ items: Activity[] }>("GET", "/activity", { query, signal });
      return page.items[0]?.steps ?? NONE;
    },
  });
  return (wanted && data) || NONE;
}
