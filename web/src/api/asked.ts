/** What is asked once and kept: asked again only when the record says that somebody changed it. */
import {
  type QueryClient,
  type QueryFilters,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { concerns, type Ended, endedBetween } from "./ended";
import { useTopic } from "./hooks";
import { type Ask, ask, type Problem } from "./http";
import type { Activity, User } from "./types";

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: {
      /** Beginnings of operations (`user.`, `grant.`) after which the answer may be another. */
      changedBy?: readonly string[];
    };
  }
}

const RECORD = { topic: "activity.watch" };
const NOTHING: readonly string[] = [];

/** GET `path`; `changedBy` are beginnings of operations (`user.`, `grant.`) after which the answer may be another. */
export function useAsked<R>(
  path: string,
  query: Ask["query"] = {},
  changedBy: readonly string[] = NOTHING,
  enabled = true,
): UseQueryResult<R, Problem> {
  const hears = useHearing();
  return useQuery<R, Problem>({
    queryKey: [path, query],
    queryFn: ({ signal }) => ask<R>("GET", path, { query, signal }),
    enabled: enabled && (hears || changedBy.length === 0),
    meta: { changedBy },
  });
}

/** Everybody who has an account; for who may list them. */
export function useUsers(enabled = true): UseQueryResult<User[], Problem> {
  return useAsked<User[]>("/users", {}, USERS_CHANGE, enabled);
}

const USERS_CHANGE = ["user.", "session.sign_in", "session.set_up"];

/** Whether ends of activities are heard of. What is asked for only then misses none and is told of none twice. */
export function useHearing(): boolean {
  return useTopic<Activity>(RECORD).ready;
}

/** Call `then` whenever activities have ended that were not over when this was shown. */
export function useEnded(then: (ended: Ended) => void): void {
  const record = useTopic<Activity>(RECORD);
  const tell = useEffectEvent(then);
  const known = useRef(record);
  useEffect(() => {
    const ended = endedBetween(known.current, record);
    known.current = record;
    if (ended === "any" || ended.size > 0) tell(ended);
  }, [record]);
}

/** For all that names in `meta` what changes it: what is shown is asked for anew, what is only kept once it is shown. */
export function useRenewal(): void {
  const queries = useQueryClient();
  useEnded((ended) => {
    renew(queries, { predicate: ({ meta }) => concerns(ended, meta?.changedBy ?? NOTHING) });
  });
}

/** Asks anew. One on its way may have been answered before what happened, and is let go. */
export function renew(queries: QueryClient, which: QueryFilters): void {
  void queries.cancelQueries(which).then(() => queries.invalidateQueries(which));
}
