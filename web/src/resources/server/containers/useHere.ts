/** useHere: one server's containers the viewer may see, live. */
import { useMemo, useRef } from "react";
import { useDeployments, useTopic } from "~/api/hooks";
import type { Collection } from "~/api/store";
import type { Container } from "~/api/types";
import { useSigns } from "~/kit/alert/useSigns";
import { type Place, type Placed, placesOf } from "~/pages/containers/placed";
import type { ServerResource } from "../model";
import { rowsHere } from "./here";

export interface Here {
  rows: readonly Placed[];
  ready: boolean;
  problem: Collection<Container>["problem"];
  changed: ReadonlyMap<string, number>;
  /** How many there are that the viewer may not see. */
  hidden: number;
}

export function useHere(server: ServerResource): Here {
  const { items, ready, problem, changed } = useTopic<Container>({
    topic: "server.watch_containers",
    target: server.id,
  });
  const deployments = useDeployments();
  const signs = useSigns();
  const places = useRef<ReadonlyMap<string, Place>>(new Map());
  const kept = useRef<ReadonlyMap<string, Placed>>(new Map());

  places.current = placesOf(new Map([[server.id, server]]), places.current);
  const place = places.current.get(server.id);
  const rows = useMemo(() => {
    if (place) kept.current = rowsHere(items, place, deployments.items, signs, kept.current);
    return [...kept.current.values()];
  }, [items, place, deployments.items, signs]);
  // Both are told apart from each other, so for a moment they may differ.
  const hidden = ready ? Math.max(0, server.status.containers - items.size) : 0;
  return { rows, ready, problem, changed, hidden };
}
