/** useRoving: the entry of the stream the keyboard is at. */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { useKeys } from "~/kit/list/useKeys";
import type { StreamEntry } from "./stream";

export interface Roving {
  id: string | undefined;
  /** Counts moves by keyboard: what it came to is then scrolled to and focused. */
  moves: number;
  put(id: string): void;
}

interface Acts {
  open(id: string): void;
  fold(id: string, unfolded: boolean): void;
}

export function useRoving(
  root: RefObject<HTMLElement | null>,
  entries: readonly StreamEntry[],
  acts: Acts,
): Roving {
  const [at, set] = useState<{ id: string | undefined; moves: number }>({ id: undefined, moves: 0 });
  const put = useCallback((id: string) => set((old) => (old.id === id ? old : { ...old, id })), []);
  const ids = entries.flatMap((entry) => (entry.kind === "item" ? [entry.id] : []));
  const here = at.id === undefined ? -1 : ids.indexOf(at.id);
  const go = (index: number) => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (id !== undefined) set((old) => ({ id, moves: old.moves + 1 }));
    return id !== undefined;
  };
  useKeys(root, (command) => {
    switch (command.do) {
      case "move":
        return go(here < 0 ? 0 : here + command.by);
      case "page":
        return go(here + command.by * 15);
      case "edge":
        return go(command.end === "first" ? 0 : ids.length - 1);
      case "open":
        if (at.id) acts.open(at.id);
        return at.id !== undefined;
      case "fold":
      case "unfold":
        if (at.id) acts.fold(at.id, command.do === "unfold");
        return at.id !== undefined;
      default:
        return false;
    }
  });
  return { id: here < 0 ? undefined : at.id, moves: at.moves, put };
}

/** Scrolls to and focuses what the keyboard came to. */
export function useFollow(
  scroller: HTMLElement | null,
  { id, moves }: Roving,
  entries: readonly StreamEntry[],
  scrollTo: (index: number, how: { align: "auto" }) => void,
): void {
  const followed = useRef(moves);
  useLayoutEffect(() => {
    if (moves === followed.current || id === undefined) return;
    followed.current = moves;
    const index = entries.findIndex((entry) => entry.id === id);
    // With the heading of its day.
    scrollTo(index === 1 ? 0 : index, { align: "auto" });
    const find = () => scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    const focus = () => find()?.focus({ preventScroll: true });
    // One that was out of sight is drawn only after the scroll.
    if (find()) focus();
    else requestAnimationFrame(focus);
  });
}
