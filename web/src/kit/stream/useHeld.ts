/** useHeld: where the stream's head was when somebody scrolled away from it, and which of its entries are unfolded. */
import { useCallback, useEffect, useRef, useState } from "react";

/** Who has scrolled away from the head keeps what he reads where it is. */
export function useHeld(newest: string | undefined) {
  const [top, setTop] = useState<string>();
  const latest = useRef(newest);
  useEffect(() => {
    latest.current = newest;
  });
  const scrolled = useCallback((by: number) => {
    setTop((old) => (by < 8 ? undefined : (old ?? latest.current)));
  }, []);
  return { top, scrolled };
}

/** Ids of the entries whose changes are in sight. */
export function useFolds() {
  const [unfolded, set] = useState<ReadonlySet<string>>(new Set());
  const fold = useCallback((id: string, to?: boolean) => {
    set((old) => {
      const next = new Set(old);
      if (to ?? !old.has(id)) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  return [unfolded, fold] as const;
}
