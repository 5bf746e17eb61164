/** useFingers: one finger moves the cross-hair, two span the part of time to zoom into. */
import { type PointerEvent, type RefObject, useRef } from "react";
import type { Range } from "./ChartGroup";
import type { Plot } from "./plot";

export function useFingers(
  place: RefObject<HTMLElement | null>,
  plot: RefObject<Plot | undefined>,
  zoom: (range: Range) => void,
) {
  /** Where each finger is, by its number. */
  const down = useRef(new Map<number, number>());
  /** Two were down together: what remains of them moves nothing. */
  const spanning = useRef(false);

  const leftOf = (event: PointerEvent) => event.clientX - (place.current?.getBoundingClientRect().left ?? 0);
  const up = (event: PointerEvent) => {
    if (!down.current.delete(event.pointerId)) return;
    if (spanning.current && down.current.size === 1) {
      const range = plot.current?.spanned();
      if (range && event.type === "pointerup") zoom(range);
    }
    if (down.current.size === 0) spanning.current = false;
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType !== "touch") return;
      down.current.set(event.pointerId, leftOf(event));
      if (down.current.size === 2) spanning.current = true;
    },
    onPointerMove(event: PointerEvent) {
      if (event.pointerType !== "touch") return;
      if (down.current.has(event.pointerId)) down.current.set(event.pointerId, leftOf(event));
      const [one, two] = [...down.current.values()];
      if (one !== undefined && two !== undefined) plot.current?.span(one, two);
      else if (!spanning.current) plot.current?.touch(leftOf(event));
    },
    onPointerUp: up,
    onPointerCancel: up,
  };
}
