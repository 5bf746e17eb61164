/** useHistory: alerts that are over, page by page, with those that end while somebody looks. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ask, Problem } from "~/api/http";
import type { ProblemBody } from "~/api/types";
import { type Alert, type AlertPage, isOver } from "~/kit/alert/alert";
import type { Asked } from "./filters";

const PAGE = 100;

export interface History {
  list: readonly Alert[];
  ready: boolean;
  problem: ProblemBody | undefined;
  retry(): void;
  /** There are older ones. */
  more: boolean;
  loading: boolean;
  load(): void;
}

export function useHistory(asked: Asked, known: ReadonlyMap<string, Alert>): History {
  const query = useInfiniteQuery({
    queryKey: ["alerts", "history", asked],
    queryFn: ({ pageParam, signal }) =>
      ask<AlertPage>("GET", "/alerts", {
        query: { ...asked, state: ["resolved"], cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    // What ended while nobody looked is in no event any more.
    gcTime: 0,
  });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const pages = data?.pages;
  const list = useMemo(() => merged(pages ?? [], known), [pages, known]);
  return {
    list,
    ready: !query.isPending,
    problem: error instanceof Problem && !pages ? error.body : undefined,
    retry: () => void refetch(),
    more: hasNextPage,
    loading: isFetchingNextPage,
    load: () => void fetchNextPage(),
  };
}

/** What ended just now is in no page yet; the list narrows it as all others. */
function merged(pages: readonly AlertPage[], known: ReadonlyMap<string, Alert>): Alert[] {
  const found = new Map(pages.flatMap(({ items }) => items).map((alert) => [alert.id, alert]));
  for (const [id, alert] of known) if (isOver(alert)) found.set(id, alert);
  return [...found.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}
