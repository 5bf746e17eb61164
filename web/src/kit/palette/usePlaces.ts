/** usePlaces: every resource and container as an entry, made a few hundred at a time so that nobody waits for them. */
import { useEffect, useMemo, useState } from "react";
import type { Collection } from "~/api/store";
import type { Resource, TypeInfo } from "~/api/types";
import type { Entry } from "./entry";
import { type Budget, containerPlace, type PlacedContainer, resourcePlace } from "./places";

/** About 5 ms of work. */
const AT_ONCE = 400;

export interface Told {
  /** In the order of the types. */
  resources: readonly Collection<Resource>[];
  containers: Collection<PlacedContainer>;
}

/** `told` must be the same object while nothing in it has changed. */
export function usePlaces(types: readonly TypeInfo[], told: Told): readonly Entry[] {
  const [turn, setTurn] = useState(0);
  const { places, short } = useMemo(() => placesOf(types, told), [types, told, turn]);
  useEffect(() => {
    if (!short) return;
    const next = setTimeout(() => setTurn((now) => now + 1));
    return () => clearTimeout(next);
  }, [short, places]);
  return places;
}

function placesOf(
  types: readonly TypeInfo[],
  { resources, containers }: Told,
): { places: Entry[]; short: boolean } {
  const budget: Budget = { left: AT_ONCE, short: false };
  const of = (name: string) => resources[types.findIndex((type) => type.name === name)]?.items ?? new Map();
  const [servers, deployments] = [of("server"), of("deployment")];
  const places: (Entry | undefined)[] = types.flatMap((type, i) =>
    [...(resources[i]?.items.values() ?? [])].map((one) => resourcePlace(type, one, budget)),
  );
  for (const placed of containers.items.values()) {
    places.push(containerPlace(placed, servers, deployments, budget));
  }
  return { places: places.filter((place) => place !== undefined), short: budget.short };
}
