/** usePlace: where one was in a list, found again when one goes back to it. */
import { useRouterState } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";

interface Place {
  top: number;
  cursor: string | undefined;
}

/** By list and entry of the browser's history; gone with the tab. */
const places = new Map<string, Place>();
const KEPT = 50;

export function usePlace(name: string): { begin: Place; keep(place: Partial<Place>): void } {
  const entry = useRouterState({ select: (state) => state.location.state.__TSR_key ?? "" });
  const key = `${name} ${entry}`;
  const latest = useRef<{ key: string; place: Place }>(undefined);
  latest.current ??= { key, place: places.get(key) ?? { top: 0, cursor: undefined } };
  const begin = useRef(latest.current.place).current;
  useEffect(() => {
    if (!latest.current) return;
    latest.current.key = key;
    store(key, latest.current.place);
  }, [key]);
  const keep = useCallback((place: Partial<Place>) => {
    if (!latest.current) return;
    latest.current.place = { ...latest.current.place, ...place };
    store(latest.current.key, latest.current.place);
  }, []);
  return { begin, keep };
}

function store(key: string, place: Place): void {
  places.delete(key);
  places.set(key, place);
  const [oldest] = places.keys();
  if (places.size > KEPT && oldest !== undefined) places.delete(oldest);
}
