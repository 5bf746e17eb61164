/** useStream: the record from its newest entry on, more of it the further one scrolls, what happens at its head. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useLink, useTopic } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Activity, ProblemBody } from "~/api/types";
import { type ActivityPage, type Filters, merged, totalOf } from "./stream";

const PAGE = 100;
const KEY = "stream";

export interface Stream {
  list: readonly Activity[];
  /** How many there are in all; counts those of others only for an admin. */
  total: number;
  /** When each that came while somebody looked arrived (ms since the epoch). */
  arrived: ReadonlyMap<string, number>;
  ready: boolean;
  problem: ProblemBody | undefined;
  retry(): void;
  older: {
    there: boolean;
    loading: boolean;
    /** The last page looked far back and found nothing: going on is for a person to say. */
    thin: boolean;
    load(): void;
  };
}

export function useStream(filters: Filters): Stream {
  const { items: live, ready } = useTopic<Activity>({ topic: "activity.watch" });
  const { type, operation, user, state, resource } = filters;
  const query = useInfiniteQuery({
    queryKey: [KEY, type, operation, user, state, resource],
    queryFn: ({ pageParam, signal }) =>
      ask<ActivityPage>("GET", "/activity", {
        query: { type, operation, user, state, resource, cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    // What came while nobody looked is in no event any more: it is asked for anew when somebody looks again.
    gcTime: 0,
  });
  useAnew();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, refetch, error } = query;
  const pages = data?.pages;
  const list = useMemo(
    () => (pages ? merged(pages, live, { type, operation, user, state, resource }) : []),
    [pages, live, type, operation, user, state, resource],
  );
  const arrived = useArrived(list, pages !== undefined);
  return {
    list,
    total: useMemo(() => totalOf(pages ?? [], list), [pages, list]),
    arrived,
    ready: ready && !query.isPending,
    problem: error instanceof Problem && !pages ? error.body : undefined,
    retry: () => void refetch(),
    older: {
      there: hasNextPage,
      loading: isFetchingNextPage,
      thin: pages?.at(-1)?.items.length === 0,
      load: () => void fetchNextPage(),
    },
  };
}

/** More may have happened while the link was gone than the live topic tells at once. */
function useAnew(): void {
  const { state } = useLink();
  const queries = useQueryClient();
  const lost = useRef(false);
  useEffect(() => {
    if (state === "live" && lost.current) void queries.invalidateQueries({ queryKey: [KEY] });
    lost.current = state === "lost" || (lost.current && state !== "live");
  }, [state, queries]);
}

/** What stands before the first that was there is new. */
function useArrived(list: readonly Activity[], begun: boolean): ReadonlyMap<string, number> {
  const kept = useRef({ newest: "", at: new Map<string, number>() });
  return useMemo(() => {
    const { newest, at } = kept.current;
    const first = list[0]?.id ?? "";
    if (!begun || first <= newest) return at;
    const next = new Map(at);
    if (newest !== "") {
      for (const { id } of list) {
        if (id <= newest) break;
        next.set(id, Date.now());
      }
    }
    kept.current = { newest: first, at: next };
    return next;
  }, [list, begun]);
}
