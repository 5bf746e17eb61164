/** useArrived: which activities came while somebody looked, and when: what flashes. */
import { useMemo, useRef } from "react";
import type { Activity } from "~/api/types";

/** `list` is newest first; from `begun` on, what stands before the first that was there is new. */
export function useArrived(list: readonly Activity[], begun: boolean): ReadonlyMap<string, number> {
  const kept = useRef({ newest: "", at: new Map<string, number>() });
  return useMemo(() => {
    const { newest, at } = kept.current;
    const first = list[0]?.id ?? "";
    if (!begun || first <= newest) return at;
    const next = new Map(at);
    if (newest !== "") {
      for (const { id } of list) {
        if (id <= newest) break;
        next.set(id, Date.now());
      }
    }
    kept.current = { newest: first, at: next };
    return next;
  }, [list, begun]);
}
