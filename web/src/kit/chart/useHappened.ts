/** useHappened: what was done on a server or to a resource over the time that charts show, as marks; live. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useActivities } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Activity } from "~/api/types";
import type { ActivityPage } from "~/kit/stream/stream";
import type { Range } from "./ChartGroup";
import { marksOf, OPERATIONS } from "./happened";
import type { Mark } from "./mark";
import { writeTime } from "./zoom";

/** More marks than these on one chart say nothing. */
const MOST = 200;
/** What began before the time that is shown may reach into it. */
const BEFORE = 3600;

/** Whose: all that ran on a server, or that was done to one resource. */
export type Where = { server: string } | { resource: string };

/** `container`: only what was done to that one, of all that was done to its server. */
export function useHappened(
  where: Where,
  seconds: number,
  zoom: Range | undefined,
  container?: string,
): readonly Mark[] {
  const wide = "server" in where;
  const key = "server" in where ? where.server : where.resource;
  const { data, error } = useQuery({
    queryKey: ["happened", key, seconds, zoom?.[0], zoom?.[1]],
    queryFn: ({ signal }) => {
      const since = (zoom?.[0] ?? Date.now() / 1000 - seconds) - BEFORE;
      const query = {
        ...where,
        operation: OPERATIONS,
        since: writeTime(since),
        before: zoom && writeTime(zoom[1]),
        limit: MOST,
      };
      return ask<ActivityPage>("GET", "/activity", { signal, query });
    },
    gcTime: 60_000,
    retry: false,
  });
  if (error && !(error instanceof Problem)) throw error;
  const { list } = useActivities();
  return useMemo(() => {
    const found = new Map<string, Activity>((data?.items ?? []).map((each) => [each.id, each]));
    for (const each of list)
      if (each.what?.id === key || (wide && each.server === key)) found.set(each.id, each);
    return marksOf([...found.values()], container);
  }, [data, list, key, wide, container]);
}
