/** useVersions: what a build made, asked again when something made, moved or ran one, or its builder's images changed. */
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useAfter } from "~/api/asked";
import { useOpenActivities, useServers, useTopic } from "~/api/hooks";
import { ask, type Problem } from "~/api/http";
import type { Build, Schemas } from "~/api/types";

export type Version = Schemas["BuiltVersion"];
export type Push = Schemas["Push"];

/** Milliseconds: a build touches many images at once. */
const PAUSE = 400;
const CHANGING = ["build.", "deployment."];

export function useVersions(build: Build): UseQueryResult<Version[], Problem> {
  const path = `/builds/${build.id}/versions`;
  const queries = useQueryClient();
  const times = useTouched(build.config.builder.server);
  const known = useRef(times);
  // Its own run changes images too, and is asked about at its end.
  const going = useOpenActivities(build.id).some(({ state }) => state === "running");
  useEffect(() => {
    if (times === known.current) return;
    const first = known.current === undefined;
    known.current = times;
    if (first || going) return;
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: [path] }), PAUSE);
    return () => clearTimeout(timer);
  }, [times, going, path, queries]);
  useAfter(CHANGING, JSON.stringify([path]));
  return useQuery<Version[], Problem>({
    queryKey: [path],
    queryFn: ({ signal }) => ask<Version[]>("GET", path, { signal }),
    retry: false,
  });
}

/** How often images of the builder changed; nothing for who may not see that server, or as long as nobody said. */
function useTouched(server: string): number | undefined {
  const seen = useServers().items.has(server);
  const topic = seen ? { topic: "server.watch_docker", target: server } : { topic: "build.changes" };
  const { items, ready } = useTopic<{ times?: number }>(topic);
  return seen && ready ? (items.get("image")?.times ?? 0) : undefined;
}
