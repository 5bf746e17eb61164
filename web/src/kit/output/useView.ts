/** useView: a View bound to its scroll container; renders again when other lines are to be seen. */
import {
  type RefObject,
  useCallback,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Lines } from "./lines";
import { EDGE, View } from "./view";

export interface Bound {
  view: View;
  scroller: RefObject<HTMLDivElement | null>;
  /** A line of this many characters, for knowing how many fit. */
  ruler: RefObject<HTMLSpanElement | null>;
  onScroll(): void;
  /** Show what the view was told. */
  redraw(): void;
}

export const RULER = "0".repeat(64);

export function useView(lines: Lines, wrap: boolean, startAtEnd: boolean): Bound {
  const [view, setView] = useState(() => ({ of: lines, view: new View(startAtEnd) }));
  let bound = view;
  if (view.of !== lines) {
    bound = { of: lines, view: new View(startAtEnd) };
    setView(bound);
  }
  const { view: now } = bound;
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useSyncExternalStore(lines.watch, () => lines.version);
  now.sync(lines);

  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);

  const fit = useCallback(() => {
    const box = scroller.current;
    const text = ruler.current;
    if (!box || !text?.parentElement) return;
    const letter = text.getBoundingClientRect().width / RULER.length;
    const room = text.parentElement.clientWidth;
    const columns = wrap && letter > 0 ? Math.max(8, Math.floor(room / letter)) : Number.POSITIVE_INFINITY;
    if (now.resize(box.clientHeight - 2 * EDGE, columns, lines)) redraw();
  }, [lines, now, wrap]);

  useLayoutEffect(() => {
    fit();
    const observer = new ResizeObserver(fit);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [fit]);

  // Each render: take the heights of wrapped rows from the page, then put the scroll bar where the view wants it.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (wrap && measure(box, now)) redraw();
    if (Math.abs(box.scrollTop - now.top) > 0.5) box.scrollTop = now.top;
  });

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const before = now.range(lines);
    const followed = now.following;
    now.scrolled(box.scrollTop);
    const after = now.range(lines);
    if (before.from !== after.from || before.to !== after.to || followed !== now.following) redraw();
  }, [lines, now]);

  return { view: now, scroller, ruler, onScroll, redraw };
}

function measure(box: HTMLElement, view: View): boolean {
  let changed = false;
  for (const row of box.querySelectorAll<HTMLElement>("[data-position]")) {
    if (view.measured(Number(row.dataset.position), row.offsetHeight)) changed = true;
  }
  return changed;
}
