/** Plot: uPlot set up in the app's look: labels at the right, two grid lines, marks on the axis, one cross-hair. */
import uPlot from "uplot";
import type { Range } from "./ChartGroup";
import { type Ink, readInk } from "./ink";
import { drawLevels, drawStretches, type Level, type Stretch } from "./levels";
import type { Mark } from "./mark";
import { drawBand, drawMarkLines, drawMarks, drawTimes } from "./paint";
import type { Scale } from "./scale";
import { strokeOf } from "./strokes";
import type { Values } from "./summary";
import { instant } from "./ticks";

/** What a plot shows now. */
export interface Shown {
  at: readonly number[];
  series: readonly {
    values: Values;
    second?: boolean;
    /** One of many that are compared: its number among them; thin where it is of an earlier time. */
    stroke?: number;
    thin?: boolean;
    low?: Values | undefined;
    high?: Values | undefined;
  }[];
  scale: Scale;
  range: Range;
  marks: readonly Mark[];
  levels: readonly Level[];
  stretches: readonly Stretch[];
  /** Name only the two ends of the axis: how long ago, and now. */
  ends: boolean;
}

export interface Told {
  hover(index: number | null): void;
  zoom(range: Range | undefined): void;
}

export interface Plot {
  show(shown: Shown): void;
  size(width: number, height: number): void;
  /** Put the cross-hair of the whole group at an instant; nowhere for null. */
  point(at: number | null): void;
  /** The same at a distance from the plot's left edge, in CSS pixels. */
  touch(left: number): void;
  /** Show that two fingers span what lies between these two distances. */
  span(left: number, right: number): void;
  /** What they spanned, now that they are lifted; nothing if that is next to nothing. */
  spanned(): Range | undefined;
  recolour(): void;
  destroy(): void;
}

const GUTTER = 46;
const AXIS = 22;
const NOWHERE = { left: -10, top: -10 };

export function makePlot(place: HTMLElement, first: Shown, sync: string, told: Told): Plot {
  let shown = first;
  let ink = readInk(place);
  const clock = document.createElement("div");
  clock.className = "u-clock";

  const plot = new uPlot(
    {
      width: place.clientWidth,
      height: place.clientHeight,
      padding: [6, 0, 0, 0],
      legend: { show: false },
      scales: {
        x: { range: () => [shown.range[0], shown.range[1]] },
        y: { range: () => [0, shown.scale.top] },
      },
      axes: [
        { size: AXIS, splits: () => [], grid: { show: false }, ticks: { show: false } },
        {
          side: 1,
          size: GUTTER,
          gap: 8,
          font: `11px ${ink.font}`,
          stroke: () => ink.label,
          splits: () => [0, ...shown.scale.lines],
          values: (_, splits) => splits.map((value) => (value > 0 ? shown.scale.label(value) : "")),
          grid: { stroke: () => ink.grid, width: 1 },
          ticks: { show: false },
        },
      ],
      series: [
        {},
        ...first.series.map((each) =>
          each.stroke === undefined
            ? line(each.second === true, () => ink)
            : compared(each.stroke, each.thin, () => ink),
        ),
      ],
      cursor: {
        y: false,
        // The cross-hair stands on a sample, so that it says the time of what the head shows.
        move: (u, left, top) => [left < 0 ? left : snap(u, left), top],
        drag: { x: true, y: false, setScale: false, dist: 6 },
        sync: { key: sync, setSeries: false, scales: ["x", null] },
        points: {
          size: 11,
          width: 2,
          stroke: () => ink.surface,
          fill: (_, i) => {
            const { second, stroke } = shown.series[i - 1] ?? {};
            return second || (stroke !== undefined && strokeOf(stroke).ink === "text")
              ? ink.secondDot
              : ink.first;
          },
        },
        bind: {
          dblclick: () => () => {
            told.zoom(undefined);
            return null;
          },
        },
      },
      hooks: {
        drawAxes: [
          (u) => {
            drawStretches(u, shown.stretches, ink);
            for (const { low, high, second } of shown.series) {
              if (low && high) drawBand(u, shown.at, low, high, second ? ink.secondBand : ink.firstBand);
            }
            drawMarkLines(u, shown.marks, ink);
          },
        ],
        draw: [
          (u) => {
            drawLevels(u, shown.levels, ink);
            drawMarks(u, shown.marks, ink);
            drawTimes(u, shown.range, ink, shown.ends);
          },
        ],
        setCursor: [
          (u) => {
            placeClock(u, clock, shown);
            told.hover(u.cursor.idx ?? null);
          },
        ],
        setSelect: [
          (u) => {
            const range = taken(u);
            if (range) told.zoom(range);
          },
        ],
      },
    },
    aligned(first),
    place,
  );
  plot.over.append(clock);
  // The third argument, which its types lack, tells the other plots of the group.
  const cursor = plot.setCursor as (to: { left: number; top: number }, fire: boolean, tell: boolean) => void;

  return {
    show(next) {
      shown = next;
      plot.setData(aligned(next));
    },
    size(width, height) {
      if (width !== plot.width || height !== plot.height) plot.setSize({ width, height });
    },
    point(at) {
      cursor(at === null ? NOWHERE : { left: plot.valToPos(at, "x"), top: 0 }, true, true);
    },
    touch: (left) => cursor({ left, top: 0 }, true, true),
    span(left, right) {
      const [from, to] = [
        Math.max(0, Math.min(left, right)),
        Math.min(plot.over.clientWidth, Math.max(left, right)),
      ];
      plot.setSelect(
        { left: from, top: 0, width: Math.max(0, to - from), height: plot.over.clientHeight },
        false,
      );
    },
    spanned: () => taken(plot),
    recolour() {
      ink = readInk(place);
      plot.redraw(false, true);
    },
    destroy: () => plot.destroy(),
  };
}

/** What is selected, which is so no more. */
function taken(u: uPlot): Range | undefined {
  const { left, width } = u.select;
  if (width <= 0) return undefined;
  const range = [u.posToVal(left, "x"), u.posToVal(left + width, "x")] as const;
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  return range;
}

function aligned({ at, series }: Shown): uPlot.AlignedData {
  return [at, ...series.map(({ values }) => values)] as unknown as uPlot.AlignedData;
}

function line(second: boolean, ink: () => Ink): uPlot.Series {
  return {
    width: 1.5,
    stroke: () => (second ? ink().second : ink().first),
    fill: () => (second ? ink().secondArea : ink().firstArea),
    points: { show: false },
  };
}

/** Without the area below, of which six would hide each other. */
function compared(stroke: number, thin: boolean | undefined, ink: () => Ink): uPlot.Series {
  const { dash, ink: colour } = strokeOf(stroke);
  return {
    width: thin ? 1 : 2,
    dash: [...dash],
    stroke: () => (thin ? ink().second : colour === "accent" ? ink().first : ink().secondDot),
    points: { show: false },
  };
}

function snap(u: uPlot, left: number): number {
  const at = u.data[0][u.posToIdx(left)];
  return at === undefined ? left : Math.min(Math.max(0, u.valToPos(at, "x")), u.over.clientWidth);
}

/** The time under the cross-hair, on the axis, kept inside of the chart. */
function placeClock(u: uPlot, clock: HTMLElement, { range }: Shown): void {
  const at = u.cursor.idx === null || u.cursor.idx === undefined ? undefined : u.data[0][u.cursor.idx];
  clock.hidden = at === undefined;
  if (at === undefined) return;
  clock.textContent = instant(at, range[1] - range[0]);
  const half = clock.textContent.length * 3.2 + 5;
  const left = Math.max(half, Math.min(u.cursor.left ?? 0, u.over.clientWidth + GUTTER - half));
  clock.style.transform = `translateX(${left}px) translateX(-50%)`;
}
