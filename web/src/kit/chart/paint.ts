/** Paint: what a chart draws beside its lines: marks on the axis, and the axis' times. */
import type uPlot from "uplot";
import { span } from "~/kit/time";
import type { Range } from "./ChartGroup";
import type { Ink } from "./ink";
import { stretches } from "./stretches";
import type { Values } from "./summary";
import { ticks } from "./ticks";

/** Something that happened at an instant, such as a deploy. */
export interface Mark {
  /** Seconds since the epoch. */
  at: number;
  label: string;
  /** Asked for with a click or Enter on it. */
  open?: () => void;
}

/** What lies between the least and the greatest figures; a gap in them is one in it. */
export function drawBand(u: uPlot, at: readonly number[], low: Values, high: Values, fill: string): void {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.fillStyle = fill;
  for (const [from, to] of stretches(low, high)) {
    ctx.beginPath();
    for (let i = from; i < to; i++)
      ctx.lineTo(u.valToPos(at[i] ?? 0, "x", true), u.valToPos(high[i] ?? 0, "y", true));
    for (let i = to - 1; i >= from; i--)
      ctx.lineTo(u.valToPos(at[i] ?? 0, "x", true), u.valToPos(low[i] ?? 0, "y", true));
    ctx.closePath();
    ctx.fill();
  }
  ctx.restore();
}

export function drawMarkLines(u: uPlot, marks: readonly Mark[], ink: Ink): void {
  const { ctx } = u;
  const { top, height } = u.bbox;
  ctx.save();
  ctx.strokeStyle = ink.markLine;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  for (const x of places(u, marks)) {
    ctx.moveTo(Math.round(x) + 0.5, top);
    ctx.lineTo(Math.round(x) + 0.5, top + height);
  }
  ctx.stroke();
  ctx.restore();
}

export function drawDiamonds(u: uPlot, marks: readonly Mark[], ink: Ink): void {
  const { ctx } = u;
  const size = 4.5 * devicePixelRatio;
  const bottom = u.bbox.top + u.bbox.height;
  ctx.save();
  ctx.fillStyle = ink.mark;
  ctx.strokeStyle = ink.surface;
  ctx.lineWidth = devicePixelRatio;
  for (const x of places(u, marks)) {
    ctx.beginPath();
    ctx.moveTo(x, bottom - size);
    ctx.lineTo(x + size, bottom);
    ctx.lineTo(x, bottom + size);
    ctx.lineTo(x - size, bottom);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** Times below the plot, centred on their place but never over its ends; with `ends`, only those two. */
export function drawTimes(u: uPlot, range: Range, ink: Ink, ends: boolean): void {
  const { ctx } = u;
  const { left, width, top, height } = u.bbox;
  const y = top + height + 11.5 * devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px ${ink.font}`;
  ctx.fillStyle = ink.label;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  if (ends) {
    ctx.fillText(`${span(range[1] - range[0])} ago`, left, y);
    ctx.fillText("now", left + width - ctx.measureText("now").width, y);
  } else {
    let free = left;
    for (const { at, label } of ticks(range[0], range[1], width / devicePixelRatio)) {
      const size = ctx.measureText(label).width;
      const centred = u.valToPos(at, "x", true) - size / 2;
      const x = Math.min(Math.max(centred, left), left + width - size);
      if (x < free) continue;
      ctx.fillText(label, x, y);
      free = x + size + 12 * devicePixelRatio;
    }
  }
  ctx.restore();
}

/** Canvas places of the marks that are in sight. */
function places(u: uPlot, marks: readonly Mark[]): number[] {
  const { min = 0, max = 0 } = u.scales.x ?? {};
  return marks
    .filter(({ at }) => at >= (min ?? 0) && at <= (max ?? 0))
    .map(({ at }) => u.valToPos(at, "x", true));
}
