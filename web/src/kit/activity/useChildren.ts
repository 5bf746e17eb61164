/** useChildren: the activities one leads, live, in the order they began. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useActivities } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Activity } from "~/api/types";

/** What one request answers at most. */
const PAGE = 200;

/** Those of before are asked for once; what begins or ends while one looks comes by itself. */
export function useChildren(parent: string): { children: readonly Activity[]; ready: boolean } {
  const { list } = useActivities();
  const { data, isPending } = useQuery({
    queryKey: ["children", parent],
    queryFn: ({ signal }) => stored(parent, signal),
  });
  const children = useMemo(() => {
    const known = new Map((data ?? []).map((activity) => [activity.id, activity]));
    for (const activity of list) if (activity.parent === parent) known.set(activity.id, activity);
    return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }, [data, list, parent]);
  return { children, ready: !isPending };
}

async function stored(parent: string, signal: AbortSignal): Promise<Activity[]> {
  const found: Activity[] = [];
  let cursor = "";
  do {
    const query = { parent, limit: PAGE, ...(cursor && { cursor }) };
    const page = await ask<{ items: Activity[]; next: string }>("GET", "/activity", { query, signal });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return found;
}
