/** useMayAcknowledge: which alerts the viewer may say he has seen: those of what he may also work on. */
import { useCallback } from "react";
import { useBuilds, useDeployments, useServers } from "~/api/hooks";
import type { Resource } from "~/api/types";
import { type Alert, mayAcknowledge } from "./alert";

export function useMayAcknowledge(): (alert: Alert) => boolean {
  const servers = useServers().items;
  const deployments = useDeployments().items;
  const builds = useBuilds().items;
  return useCallback(
    ({ subject }) => {
      const all: Record<string, ReadonlyMap<string, Resource>> = {
        server: servers,
        deployment: deployments,
        build: builds,
      };
      return mayAcknowledge(subject.type, all[subject.type]?.get(subject.id)?.can ?? []);
    },
    [servers, deployments, builds],
  );
}
