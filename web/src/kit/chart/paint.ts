/** Paint: what a chart draws beside its lines: marks on the axis, and the axis' times. */
import type uPlot from "uplot";
import { span } from "~/kit/time";
import type { Range } from "./ChartGroup";
import type { Ink } from "./ink";
import { type Mark, type MarkKind, within } from "./mark";
import { stretches } from "./stretches";
import type { Values } from "./summary";
import { ticks } from "./ticks";

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
  for (const { at } of seen(u, marks)) {
    const x = u.valToPos(at, "x", true);
    if (x < u.bbox.left) continue;
    ctx.moveTo(Math.round(x) + 0.5, top);
    ctx.lineTo(Math.round(x) + 0.5, top + height);
  }
  ctx.stroke();
  ctx.restore();
}

/** Each on the axis with the shape of its kind; what lasted as a bar from its begin to its end, or to now. */
export function drawMarks(u: uPlot, marks: readonly Mark[], ink: Ink): void {
  const { ctx } = u;
  const size = 4.5 * devicePixelRatio;
  const { left, width, top, height } = u.bbox;
  const bottom = top + height;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const mark of seen(u, marks)) {
    const x = u.valToPos(mark.at, "x", true);
    const fill = mark.tone === "bad" ? ink.bad : mark.tone === "warn" ? ink.warn : ink.mark;
    ctx.fillStyle = fill;
    ctx.strokeStyle = ink.surface;
    const end = u.valToPos(mark.until ?? Date.now() / 1000, "x", true);
    const [from, to] = [Math.max(left, x), Math.min(left + width, end)];
    ctx.fillRect(from, bottom - devicePixelRatio, Math.max(0, to - from), 2 * devicePixelRatio);
    if (x < left || x > left + width) continue;
    drawShape(ctx, mark.kind, x, bottom, size);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function drawShape(ctx: CanvasRenderingContext2D, kind: MarkKind, x: number, y: number, size: number): void {
  ctx.beginPath();
  if (kind === "action") ctx.arc(x, y, size * 0.75, 0, 2 * Math.PI);
  else if (kind === "build") ctx.rect(x - size * 0.75, y - size * 0.75, size * 1.5, size * 1.5);
  else if (kind === "alert") {
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y + size * 0.8);
    ctx.lineTo(x - size, y + size * 0.8);
    ctx.closePath();
  } else {
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
    ctx.closePath();
  }
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

/** Of which any part is in sight; the gravest last, so that nothing is drawn over it. */
function seen(u: uPlot, marks: readonly Mark[]): Mark[] {
  const { min, max } = u.scales.x ?? {};
  return within(marks, [min ?? 0, max ?? 0]).sort((a, b) => gravity(a) - gravity(b));
}

const gravity = ({ tone }: Mark) => (tone === "bad" ? 2 : tone === "warn" ? 1 : 0);
