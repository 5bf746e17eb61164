/** What is asked once and kept: asked again only when the record says that somebody changed it. */
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTopic } from "./hooks";
import { type Ask, ask, type Problem } from "./http";
import type { Activity } from "./types";

/** GET `path`; `changedBy` are beginnings of operations (`user.`, `grant.`) after which the answer may be another. */
export function useAsked<R>(
  path: string,
  query: Ask["query"] = {},
  changedBy: readonly string[] = [],
): UseQueryResult<R, Problem> {
  const key = JSON.stringify([path, query]);
  const result = useQuery<R, Problem>({
    queryKey: [path, query],
    queryFn: ({ signal }) => ask<R>("GET", path, { query, signal }),
  });
  useAfter(changedBy, key);
  return result;
}

/** Ask anew once an activity of one of these operations has ended since this was shown. */
export function useAfter(changedBy: readonly string[], key: string): void {
  const queries = useQueryClient();
  useEnded(changedBy, () => void queries.invalidateQueries({ queryKey: JSON.parse(key) as unknown[] }));
}

/** Call `then` once an activity of one of these operations has ended since this was shown. */
export function useEnded(changedBy: readonly string[], then: () => void): void {
  const { items, changed } = useTopic<Activity>({ topic: "activity.watch" });
  const tell = useEffectEvent(then);
  const seen = useRef(Date.now());
  useEffect(() => {
    if (changedBy.length === 0) return;
    let newest = seen.current;
    let concerns = false;
    for (const [id, at] of changed) {
      if (at <= seen.current) continue;
      newest = Math.max(newest, at);
      const activity = items.get(id);
      concerns ||= activity?.ended != null && changedBy.some((start) => activity.operation.startsWith(start));
    }
    seen.current = newest;
    if (concerns) tell();
  }, [items, changed, changedBy]);
}
