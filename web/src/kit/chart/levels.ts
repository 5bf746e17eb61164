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

export function drawLevels(u: uPlot, levels: readonly Level[], ink: Ink): void {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.font = `${11 * devicePixelRatio}px ${ink.font}`;
  // Levels may lie so near that their labels would stand on each other: each begins where the one before ends.
  let x = left + 4 * devicePixelRatio;
  for (const { value, tone, label } of levels) {
    const y = Math.round(u.valToPos(value, "y", true)) + 0.5;
    if (y < top || y > top + height) continue;
    const colour = tone === "bad" ? ink.bad : tone === "warn" ? ink.warn : ink.label;
    ctx.strokeStyle = colour;
    ctx.setLineDash(
      tone === "off"
        ? [2 * devicePixelRatio, 4 * devicePixelRatio]
        : [5 * devicePixelRatio, 3 * devicePixelRatio],
    );
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
    ctx.fillStyle = colour;
    const above = y - 4 * devicePixelRatio > top + 10 * devicePixelRatio;
    ctx.fillText(label, x, above ? y - 4 * devicePixelRatio : y + 12 * devicePixelRatio);
    x += ctx.measureText(label).width + 12 * devicePixelRatio;
  }
  ctx.restore();
}
