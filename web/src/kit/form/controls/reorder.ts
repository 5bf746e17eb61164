/** Moving rows of a list: by dragging their handle, or with the arrow keys on it. */
import { useRef, useState } from "react";

export interface Reorder {
  /** Put on the list; its children are the rows. */
  list: React.RefObject<HTMLDivElement | null>;
  /** The row being dragged. */
  dragged: number | undefined;
  /** What a screen reader is told. */
  said: string;
  handle(index: number): {
    onKeyDown(event: React.KeyboardEvent): void;
    onPointerDown(event: React.PointerEvent): void;
    onPointerMove(event: React.PointerEvent): void;
    onPointerUp(): void;
  };
}

export function useReorder(count: number, move: (from: number, to: number) => void): Reorder {
  const list = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<number>();
  const [said, setSaid] = useState("");

  const go = (from: number, to: number) => {
    if (to < 0 || to >= count || to === from) return;
    move(from, to);
    setSaid(`Moved to place ${to + 1} of ${count}.`);
  };
  const rowAt = (y: number): number => {
    const rows = [...(list.current?.children ?? [])];
    const found = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    return found < 0 ? rows.length - 1 : found;
  };

  return {
    list,
    dragged,
    said,
    handle: (index) => ({
      onKeyDown(event) {
        const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        if (step === 0) return;
        event.preventDefault();
        go(index, index + step);
        // The focus goes with the row.
        const to = list.current?.children[index + step];
        requestAnimationFrame(() => to?.querySelector<HTMLElement>("[data-handle]")?.focus());
      },
      onPointerDown(event) {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(index);
      },
      onPointerMove(event) {
        if (dragged === undefined) return;
        const to = rowAt(event.clientY);
        if (to === dragged) return;
        go(dragged, to);
        setDragged(to);
      },
      onPointerUp: () => setDragged(undefined),
    }),
  };
}
