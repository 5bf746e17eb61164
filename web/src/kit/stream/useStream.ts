/** useStream: the record from its newest entry on, more of it the further one scrolls, what happens at its head. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useLink, useTopic } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Activity, ProblemBody } from "~/api/types";
import { type ActivityPage, type Filters, merged, preview, totalOf } from "./stream";
import { useArrived } from "./useArrived";

const PAGE = 100;
const KEY = "stream";

export interface Stream {
  list: readonly Activity[];
  /** How many there are in all, once core has said; counts those of others only for an admin. */
  total: number | undefined;
  /** When each that came while somebody looked arrived (ms since the epoch). */
  arrived: ReadonlyMap<string, number>;
  ready: boolean;
  problem: ProblemBody | undefined;
  retry(): void;
  older: {
    there: boolean;
    loading: boolean;
    /** The last page looked far back and found nothing, or did not come: going on is for a person to say. */
    stopped: "thin" | "failed" | undefined;
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
  const list = useMemo(() => {
    const wanted = { type, operation, user, state, resource };
    return pages ? merged(pages, live, wanted) : preview(live, wanted);
  }, [pages, live, type, operation, user, state, resource]);
  const arrived = useArrived(list, pages !== undefined);
  return {
    list,
    total: useMemo(() => pages && totalOf(pages, list), [pages, list]),
    arrived,
    ready: ready && (!query.isPending || list.length > 0),
    problem: error instanceof Problem && !pages ? error.body : undefined,
    retry: () => void refetch(),
    older: {
      there: hasNextPage,
      loading: query.isPending || isFetchingNextPage,
      stopped: query.isFetchNextPageError ? "failed" : pages?.at(-1)?.items.length === 0 ? "thin" : undefined,
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
