/** useFingers: one finger moves the cross-hair; two that spread span the part of time to zoom into, two that close lead out. */
import { type PointerEvent, type RefObject, useRef } from "react";
import type { Range } from "./ChartGroup";
import type { Plot } from "./plot";

/** So much of their first distance, and fingers have closed. */
const CLOSED = 0.8;

interface Zooms {
  into(range: Range): void;
  out(): void;
}

export function useFingers(
  place: RefObject<HTMLElement | null>,
  plot: RefObject<Plot | undefined>,
  zoom: Zooms,
) {
  /** Where each finger is, by its number. */
  const down = useRef(new Map<number, number>());
  /** Two were down together, so far from each other at first and now: what remains of them moves nothing. */
  const spanning = useRef<{ first: number; now: number }>(undefined);

  const leftOf = (event: PointerEvent) => event.clientX - (place.current?.getBoundingClientRect().left ?? 0);
  const closed = () =>
    spanning.current !== undefined && spanning.current.now < spanning.current.first * CLOSED;
  const up = (event: PointerEvent) => {
    if (!down.current.delete(event.pointerId)) return;
    if (spanning.current && down.current.size === 1) {
      const range = plot.current?.spanned();
      if (event.type === "pointerup" && closed()) zoom.out();
      else if (event.type === "pointerup" && range) zoom.into(range);
    }
    if (down.current.size === 0) spanning.current = undefined;
  };
  const apart = (): [number, number] | undefined => {
    const [one, two] = [...down.current.values()];
    return one !== undefined && two !== undefined ? [one, two] : undefined;
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType !== "touch") return;
      down.current.set(event.pointerId, leftOf(event));
      const both = down.current.size === 2 && apart();
      if (!both) return;
      const first = Math.abs(both[1] - both[0]);
      spanning.current = { first, now: first };
    },
    onPointerMove(event: PointerEvent) {
      if (event.pointerType !== "touch") return;
      if (down.current.has(event.pointerId)) down.current.set(event.pointerId, leftOf(event));
      const both = apart();
      if (both && spanning.current) {
        spanning.current.now = Math.abs(both[1] - both[0]);
        // What would not be zoomed into is not shown as if it were.
        plot.current?.span(both[0], closed() ? both[0] : both[1]);
      } else if (!spanning.current) plot.current?.touch(leftOf(event));
    },
    onPointerUp: up,
    onPointerCancel: up,
  };
}
