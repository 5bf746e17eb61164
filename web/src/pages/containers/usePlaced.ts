/** usePlaced: every container of every server the viewer may see, live. */
import { useMemo, useRef } from "react";
import { useDeployments, useServers, useTopic } from "~/api/hooks";
import type { Collection } from "~/api/store";
import { useSigns } from "~/kit/alert/useSigns";
import { type Place, type Placed, type PlacedContainer, placedOf, placesOf } from "./placed";

export interface AllContainers {
  rows: readonly Placed[];
  places: ReadonlyMap<string, Place>;
  ready: boolean;
  problem: Collection<PlacedContainer>["problem"];
  changed: ReadonlyMap<string, number>;
}

export function usePlaced(): AllContainers {
  const { items, ready, problem, changed } = useTopic<PlacedContainer>({ topic: "server.all_containers" });
  const servers = useServers();
  const deployments = useDeployments();
  const signs = useSigns();
  const places = useRef<ReadonlyMap<string, Place>>(new Map());
  const rows = useRef<ReadonlyMap<string, Placed>>(new Map());

  const here = useMemo(() => {
    places.current = placesOf(servers.items, places.current);
    return places.current;
  }, [servers.items]);
  const list = useMemo(() => {
    rows.current = placedOf(items, here, deployments.items, signs, rows.current);
    return [...rows.current.values()];
  }, [items, here, deployments.items, signs]);
  return { rows: list, places: here, ready: ready && servers.ready, problem, changed };
}
