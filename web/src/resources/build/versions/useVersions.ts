/** useVersions: what a build made, asked again when something made, moved or ran one, or its builder's images changed. */
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { renew, useEnded, useHearing } from "~/api/asked";
import { concerns } from "~/api/ended";
import { useOpenActivities, useServers, useTopic } from "~/api/hooks";
import { ask, type Problem } from "~/api/http";
import type { Build, Schemas } from "~/api/types";

export type Version = Schemas["BuiltVersion"];
export type Push = Schemas["Push"];

/** Milliseconds: a build touches many images at once, the last of them as it ends. */
const PAUSE = 400;
const CHANGING = ["build.", "deployment."];

export function useVersions(build: Build): UseQueryResult<Version[], Problem> {
  const path = `/builds/${build.id}/versions`;
  const askAgain = useSoon(path);
  const { times, settled } = useTouched(build.config.builder.server);
  const known = useRef(times);
  // Its own run changes images too, and is asked about at its end.
  const going = useOpenActivities(build.id).some(({ state }) => state === "running");
  useEffect(() => {
    if (times === known.current) return;
    const first = known.current === undefined;
    known.current = times;
    if (!first && !going) askAgain();
  }, [times, going, askAgain]);
  useEnded((ended) => {
    if (concerns(ended, CHANGING)) askAgain();
  });
  const hears = useHearing();
  return useQuery<Version[], Problem>({
    queryKey: [path],
    queryFn: ({ signal }) => ask<Version[]>("GET", path, { signal }),
    // Heard of changes first, so that none falls between.
    enabled: hears && settled,
    // What happened while nobody looked is in no event any more.
    gcTime: 0,
    retry: false,
  });
}

/** Asks anew in a moment, once for all that comes until then. */
function useSoon(path: string): () => void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), [path]);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => renew(queries, { queryKey: [path] }), PAUSE);
  }, [queries, path]);
}

/** How often images of the builder changed; never for who may not see that server. `settled`: that is heard of. */
function useTouched(server: string): { times: number | undefined; settled: boolean } {
  const servers = useServers();
  const seen = servers.items.has(server);
  const topic = seen ? { topic: "server.watch_docker", target: server } : { topic: "build.changes" };
  const { items, ready } = useTopic<{ times?: number }>(topic);
  return {
    times: seen && ready ? (items.get("image")?.times ?? 0) : undefined,
    settled: servers.ready && ready,
  };
}
