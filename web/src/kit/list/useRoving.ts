/** useRoving: Tab comes to one row only: what can be focused in the others is left to the keys of the list. */
import { type RefObject, useLayoutEffect } from "react";

/** `own`: those of them that may be come to at all. */
export function useRoving(row: RefObject<HTMLElement | null>, tabbable: boolean, own = "*"): void {
  // After each drawing: cells hold links and buttons of their own, which know nothing of the list.
  useLayoutEffect(() => {
    for (const each of row.current?.querySelectorAll<HTMLElement>("a,button,input") ?? [])
      each.tabIndex = tabbable && each.matches(own) ? 0 : -1;
  });
}
