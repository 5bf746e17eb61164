/** useTroubles: troubles whose rows neither jump nor flicker. */
import { useEffect, useMemo, useReducer, useRef } from "react";
import type { World } from "./scope";
import { inOrder, lingering, type Placed, type Seen } from "./troubles";

/** A container that restarts again and again is up for a moment each time: that is no end of it. */
const LINGER = 5000;

export function useLingering(found: readonly Placed[], world: World): readonly Placed[] {
  const seen = useRef<ReadonlyMap<string, Seen>>(new Map());
  const [turn, again] = useReducer((n: number) => n + 1, 0);
  const { there, until } = useMemo(() => {
    const next = lingering(found, world, seen.current, Date.now(), LINGER);
    seen.current = next.seen;
    return next;
  }, [found, world, turn]);
  useEffect(() => {
    if (until === undefined) return;
    const timer = setTimeout(again, Math.max(0, until - Date.now()) + 10);
    return () => clearTimeout(timer);
  }, [until]);
  return there;
}

export function useOrdered(found: readonly Placed[], held: boolean): readonly Placed[] {
  const before = useRef<readonly string[]>([]);
  const troubles = useMemo(() => inOrder(found, before.current, held), [found, held]);
  useEffect(() => {
    // What came while they were held finds its place when they are let go.
    if (!held) before.current = troubles.map(({ trouble }) => trouble.id);
  }, [troubles, held]);
  return troubles;
}
