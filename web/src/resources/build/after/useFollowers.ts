/** useFollowers: the deployments that are redeployed after a build, as core judges them, asked again as they change. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBuilds, useDeployments } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Schemas } from "~/api/types";

export type Follower = Schemas["Follower"];

const NONE: readonly Follower[] = [];

export function useFollowers(build: string): { followers: readonly Follower[]; ready: boolean } {
  const { items, ready } = useDeployments();
  const builds = useBuilds();
  const newest = builds.items.get(build)?.info.version ?? "";
  const now = useMemo(() => {
    const users = [...items.values()].filter(
      ({ config }) => config.image.kind === "build" && config.image.build === build,
    );
    return users
      .map(({ id, revision, status, info }) => [id, revision, status.state, info.version].join())
      .join(" ");
  }, [items, build]);
  const { data, isPending } = useQuery({
    queryKey: ["redeploys", build, newest, now],
    queryFn: ({ signal }) => ask<Follower[]>("GET", `/builds/${build}/redeploys`, { signal }),
    enabled: ready && builds.ready,
    placeholderData: keepPreviousData,
  });
  return { followers: data ?? NONE, ready: !isPending };
}
