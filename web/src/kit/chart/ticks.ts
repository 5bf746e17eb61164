/** Ticks: at which times a chart's axis is labelled, at round ones of the viewer's own zone. */

export interface Tick {
  /** Seconds since the epoch. */
  at: number;
  label: string;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

/** Round times between two instants, no more than stand beside each other at `gap` pixels. */
export function ticks(from: number, to: number, width: number, gap = 84): Tick[] {
  const room = Math.max(1, Math.floor(width / gap));
  const step = STEPS.find((s) => (to - from) / s <= room) ?? 28 * DAY;
  const shift = new Date(from * 1000).getTimezoneOffset() * MINUTE;
  const found: Tick[] = [];
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= to; at += step) {
    found.push({ at, label: step >= DAY ? day(at) : clockAt(at, step < MINUTE) });
  }
  return found;
}

/** `21:05`, with seconds `21:05:10`. */
export function clockAt(at: number, seconds: boolean): string {
  const time = new Date(at * 1000);
  const parts = [time.getHours(), time.getMinutes()];
  if (seconds) parts.push(time.getSeconds());
  return parts.map((n) => String(n).padStart(2, "0")).join(":");
}

/** The time under the cross-hair, with its day where the chart spans more than one. */
export function instant(at: number, span: number): string {
  return span > DAY ? `${day(at)} ${clockAt(at, false)}` : clockAt(at, span <= 2 * HOUR);
}

function day(at: number): string {
  return new Date(at * 1000).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}
