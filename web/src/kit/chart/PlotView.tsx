/** PlotView: a plot in the page: drawn when its data, size or theme change, driven by mouse, finger and keys. */
import "uplot/dist/uPlot.min.css";
import { useEffect, useEffectEvent, useRef } from "react";
import type { Group } from "./ChartGroup";
import type { Hover } from "./hover";
import { watchScheme } from "./ink";
import { keyed } from "./keyed";
import { type Mark, nearest } from "./mark";
import classes from "./PlotView.module.css";
import { makePlot, type Plot, type Shown } from "./plot";
import { useFingers } from "./useFingers";
import { wider } from "./zoom";

export interface PlotViewProps {
  shown: Shown;
  group: Group;
  hover: Hover;
  label: string;
  described: string;
  /** What stands at a sample, said and shown. */
  say(index: number): string;
  /** Somebody wants to know more of a mark. */
  onMark(mark: Mark): void;
}

/** How near to a mark a click counts, in pixels. */
const NEAR = 8;

export function PlotView({
  shown,
  group,
  hover,
  label,
  described,
  say,
  onMark,
}: PlotViewProps): React.ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(undefined);
  /** Where keys put the cross-hair: it stays there while the chart moves on. */
  const pinned = useRef<number | null>(null);

  const told = useEffectEvent((index: number | null) => {
    hover.set(index);
    const box = place.current;
    if (!box || document.activeElement !== box) return;
    const at = index ?? shown.at.length - 1;
    box.setAttribute("aria-valuenow", String(Math.round(shown.at[at] ?? 0)));
    box.setAttribute("aria-valuetext", say(at));
  });
  const zoomed = useEffectEvent(group.setZoom);
  const start = useEffectEvent((box: HTMLElement) =>
    makePlot(box, shown, group.key, { hover: (index) => told(index), zoom: (range) => zoomed(range) }),
  );
  const draw = useEffectEvent(() => {
    if (document.hidden) return;
    plot.current?.show(shown);
    if (pinned.current !== null) plot.current?.point(pinned.current);
  });

  /** Another number of lines, or another group, is another plot. */
  const lines = shown.series.length;
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const made = start(box);
    plot.current = made;
    const sizes = new ResizeObserver(([entry]) => {
      if (entry) made.size(entry.contentRect.width, entry.contentRect.height);
    });
    sizes.observe(box);
    const unwatch = watchScheme(made.recolour);
    const back = () => draw();
    document.addEventListener("visibilitychange", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      unwatch();
      sizes.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [lines, group.key]);

  useEffect(() => draw(), [shown]);

  const point = (at: number | null) => {
    pinned.current = at;
    plot.current?.point(at);
  };

  const markAt = (index: number | null): Mark | undefined => {
    const at = index === null ? undefined : shown.at[index];
    if (at === undefined || !place.current) return undefined;
    const near = ((shown.range[1] - shown.range[0]) / place.current.clientWidth) * NEAR;
    return nearest(shown.marks, at, near);
  };

  const open = () => {
    const mark = markAt(hover.index);
    if (mark) onMark(mark);
  };
  const fingers = useFingers(place, plot, {
    into: group.setZoom,
    out: () => group.zoom && group.setZoom(wider(group.zoom, Date.now() / 1000)),
  });

  const last = shown.at.length - 1;
  return (
    <div
      ref={place}
      className={classes.plot}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-describedby={described}
      aria-orientation="horizontal"
      aria-valuemin={Math.round(shown.range[0])}
      aria-valuemax={Math.round(shown.range[1])}
      aria-valuenow={Math.round(shown.at[hover.index ?? last] ?? shown.range[1])}
      aria-valuetext={say(hover.index ?? last)}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const zoomed = group.zoom !== undefined;
        const done = keyed(event, shown, hover.index, zoomed, Date.now() / 1000);
        if (!done) return;
        event.preventDefault();
        if (done.do === "open") open();
        if (done.do === "point") point(done.at);
        if (done.do === "zoom") group.setZoom(done.range);
      }}
      onBlur={() => point(null)}
      {...fingers}
      onPointerDown={(event) => {
        pinned.current = null;
        // Keys go on where the mouse began: Escape leads back out of what was dragged.
        place.current?.focus({ preventScroll: true });
        fingers.onPointerDown(event);
      }}
      onClick={open}
    />
  );
}
