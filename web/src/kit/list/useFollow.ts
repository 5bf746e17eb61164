/** useFollow: a row come to by keyboard is scrolled to and focused. */
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Cursor } from "./useCursor";

export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  scrollTo: (index: number, how: { align: "auto" }) => void,
  { id, index, moves }: Cursor,
): void {
  const followed = useRef(moves);
  useLayoutEffect(() => {
    if (moves === followed.current || id === undefined || index < 0) return;
    followed.current = moves;
    scrollTo(index, { align: "auto" });
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    row?.focus({ preventScroll: true });
  }, [scroller, scrollTo, id, index, moves]);
}
