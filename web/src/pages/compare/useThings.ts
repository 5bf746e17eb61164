/** useThings: all of a kind that one may see, by the name the page's address says it with, live. */
import { useMemo } from "react";
import { useDeployments, useServers } from "~/api/hooks";
import { usePlaced } from "~/pages/containers/usePlaced";
import { containerName } from "./choice";
import type { Thing } from "./kinds";

export interface Things {
  known: ReadonlyMap<string, Thing>;
  ready: boolean;
}

export function useServerThings(): Things {
  const { items, ready } = useServers();
  return useMemo(() => ({ known: thingsOf("servers", items.values()), ready }), [items, ready]);
}

export function useDeploymentThings(): Things {
  const { items, ready } = useDeployments();
  return useMemo(() => ({ known: thingsOf("deployments", items.values()), ready }), [items, ready]);
}

/** One that is a deployment has that one's past, which goes on when it is replaced. */
export function useContainerThings(): Things {
  const { rows, ready } = usePlaced();
  return useMemo(() => {
    const things = rows.map(({ told, place, deployment }): Thing => {
      const { name } = told.container;
      const label = containerName(place?.name, name);
      if (deployment)
        return {
          name: label,
          to: `/deployments/${deployment}`,
          path: `/deployments/${told.deployment}/usage_history`,
        };
      return {
        name: label,
        to: `/servers/${place?.name ?? told.server}/containers/${encodeURIComponent(name)}`,
        path: `/servers/${told.server}/container_usage_history`,
        query: { container: name },
      };
    });
    return { known: new Map(things.map((thing) => [thing.name, thing])), ready };
  }, [rows, ready]);
}

function thingsOf(plural: string, all: Iterable<{ id: string; name: string }>): ReadonlyMap<string, Thing> {
  return new Map(
    [...all].map(({ id, name }) => [
      name,
      { name, to: `/${plural}/${name}`, path: `/${plural}/${id}/usage_history` },
    ]),
  );
}
