/** usePointed: the row under the pointer, the only one beside the cursor's that needs its menu. */
import { type RefObject, useCallback, useEffect, useState } from "react";

/** A menu that is open stays, whatever the pointer passes on its way there. */
const OPEN_MENU = "[data-row] [aria-expanded=true][aria-haspopup]";

export function usePointed(scroller: RefObject<HTMLElement | null>) {
  const [pointed, set] = useState<string>();
  const point = useCallback(
    (event: React.PointerEvent<HTMLElement>) => {
      const target = event.target as HTMLElement;
      if (event.pointerType !== "mouse" || !event.currentTarget.contains(target)) return;
      if (scroller.current?.querySelector(OPEN_MENU)) return;
      set(target.closest<HTMLElement>("[data-row]")?.dataset.row);
    },
    [scroller],
  );
  useEffect(() => {
    const element = scroller.current;
    const leave = () => {
      if (!element?.querySelector(OPEN_MENU)) set(undefined);
    };
    element?.addEventListener("pointerleave", leave);
    return () => element?.removeEventListener("pointerleave", leave);
  }, [scroller]);
  return [pointed, point] as const;
}
