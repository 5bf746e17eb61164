/** useThings: images, volumes or networks of a server; asked for again when its Docker says that they changed. */
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { renew, useHearing } from "~/api/asked";
import { useTopic } from "~/api/hooks";
import { ask, type Problem } from "~/api/http";
import type { Kind } from "./things";

/** Milliseconds: many things happen at once when something is deployed. */
const PAUSE = 400;
/** What a deployment's config names is in use, too. */
const CONFIGS = ["deployment.create", "deployment.update", "deployment.delete"];

export function useThings<T>(server: string, kind: Kind): UseQueryResult<T[], Problem> {
  const path = `/servers/${server}/${kind}s`;
  const { items, ready, problem } = useTopic<{ times: number }>({
    topic: "server.watch_docker",
    target: server,
  });
  const hears = useHearing();
  const result = useQuery<T[], Problem>({
    queryKey: [path, {}],
    queryFn: ({ signal }) => ask<T[]>("GET", path, { signal }),
    // Heard of changes first, so that none falls between.
    enabled: hears && (ready || problem !== undefined),
    meta: { changedBy: CONFIGS },
    // What Docker said while nobody looked is in no event any more.
    gcTime: 0,
  });
  useAgain([path, {}], ready ? (items.get(kind)?.times ?? 0) : undefined);
  return result;
}

/** Ask anew, a moment after the number has become another one. */
function useAgain(key: readonly unknown[], times: number | undefined): void {
  const queries = useQueryClient();
  const known = useRef(times);
  const name = JSON.stringify(key);
  useEffect(() => {
    if (times === known.current) return;
    const first = known.current === undefined;
    known.current = times;
    if (first) return;
    const timer = setTimeout(() => renew(queries, { queryKey: JSON.parse(name) as unknown[] }), PAUSE);
    return () => clearTimeout(timer);
  }, [times, name, queries]);
}
