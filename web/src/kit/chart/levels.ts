/** Levels: lines across a chart from where on a figure is bad, and the times in which it was. */
import type uPlot from "uplot";
import type { Tone } from "~/kit/State";
import type { Ink } from "./ink";

export interface Level {
  value: number;
  tone: Tone;
  label: string;
}

export interface Stretch {
  /** Seconds since the epoch. */
  from: number;
  to: number;
  tone: Tone;
}

export const NO_LEVELS: readonly Level[] = [];
export const NO_STRETCHES: readonly Stretch[] = [];

/** However short it was, it can be seen. */
const LEAST = 2;

export function drawStretches(u: uPlot, stretches: readonly Stretch[], ink: Ink): void {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  ctx.save();
  for (const { from, to, tone } of stretches) {
    const begin = Math.max(left, u.valToPos(from, "x", true));
    const end = Math.min(left + width, u.valToPos(to, "x", true));
    if (end < left || begin > left + width) continue;
    ctx.fillStyle = tone === "bad" ? ink.badArea : ink.warnArea;
    ctx.fillRect(begin, top, Math.max(LEAST * devicePixelRatio, end - begin), height);
    ctx.fillStyle = tone === "bad" ? ink.bad : ink.warn;
    ctx.fillRect(begin, top, devicePixelRatio, height);
  }
  ctx.restore();
}

/** Lines first: the label of one is not struck through by the line of another. */
export function drawLevels(u: uPlot, levels: readonly Level[], ink: Ink): void {
  const { ctx } = u;
  const { top, height } = u.bbox;
  const seen = levels.flatMap((level) => {
    const y = Math.round(u.valToPos(level.value, "y", true)) + 0.5;
    return y < top || y > top + height ? [] : [{ ...level, y, colour: colourOf(level.tone, ink) }];
  });
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const level of seen) drawLine(u, level);
  ctx.setLineDash([]);
  ctx.font = `${11 * devicePixelRatio}px ${ink.font}`;
  ctx.strokeStyle = ink.surface;
  ctx.lineJoin = "round";
  ctx.lineWidth = 4 * devicePixelRatio;
  drawLabels(u, seen);
  ctx.restore();
}

type Drawn = Level & { y: number; colour: string };

function colourOf(tone: Tone, ink: Ink): string {
  return tone === "bad" ? ink.bad : tone === "warn" ? ink.warn : ink.label;
}

function drawLine({ ctx, bbox }: uPlot, { y, tone, colour }: Drawn): void {
  const dash = tone === "off" ? [2, 4] : [5, 3];
  ctx.setLineDash(dash.map((part) => part * devicePixelRatio));
  ctx.strokeStyle = colour;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
}

/** Levels may lie so near that their labels would stand on each other: each begins where the one before ends. */
function drawLabels({ ctx, bbox }: uPlot, levels: readonly Drawn[]): void {
  let x = bbox.left + 4 * devicePixelRatio;
  for (const { y, label, colour } of levels) {
    const above = y - 4 * devicePixelRatio > bbox.top + 10 * devicePixelRatio;
    const base = above ? y - 4 * devicePixelRatio : y + 12 * devicePixelRatio;
    ctx.strokeText(label, x, base);
    ctx.fillStyle = colour;
    ctx.fillText(label, x, base);
    x += ctx.measureText(label).width + 12 * devicePixelRatio;
  }
}
