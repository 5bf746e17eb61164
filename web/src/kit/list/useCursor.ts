/** useCursor: the row the keyboard is at. */
import { useCallback, useMemo, useRef, useState } from "react";
import type { Entry } from "./groups";

export interface Cursor {
  id: string | undefined;
  /** Where it stands now; -1 if it is not among the rows. */
  index: number;
  /** Counts moves by keyboard: the row is then scrolled to and focused. */
  moves: number;
  /** Put where the pointer or the focus is. */
  put(id: string): void;
  /** By keyboard, `by` rows on; answers the row it comes to. */
  move(by: number): string | undefined;
  to(index: number): string | undefined;
}

export function useCursor<T>(entries: readonly Entry<T>[], begin: string | undefined): Cursor {
  const [{ id, moves }, set] = useState({ id: begin, moves: 0 });
  const index = useMemo(() => entries.findIndex((entry) => entry.id === id), [entries, id]);
  const latest = useRef({ entries, index });
  latest.current = { entries, index };
  const to = useCallback((wanted: number) => {
    const { entries: all } = latest.current;
    const at = Math.max(0, Math.min(all.length - 1, wanted));
    const next = all[at]?.id;
    latest.current.index = at;
    if (next !== undefined) set((old) => ({ id: next, moves: old.moves + 1 }));
    return next;
  }, []);
  const move = useCallback(
    (by: number) => {
      const at = latest.current.index;
      return to(at < 0 ? (by > 0 ? 0 : latest.current.entries.length - 1) : at + by);
    },
    [to],
  );
  const put = useCallback((next: string) => set((old) => (old.id === next ? old : { ...old, id: next })), []);
  return { id, index, moves, put, move, to };
}
