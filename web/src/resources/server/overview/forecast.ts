/** Forecast: when a file system is full if it goes on as in the last hour. Pure. */

export interface Forecast {
  /** Percent an hour. */
  growth: number;
  /** Seconds until it is full. */
  left: number;
}

/** Less than this was measured over tells nothing (seconds). */
const SHORTEST = 15 * 60;
/** A growth smaller than how exactly percents are told is none. */
const LEAST = 0.15;
/** How much of the movement a straight line has to explain. */
const STEADY = 0.6;
/** Further away nobody need act on (seconds). */
const FARTHEST = 14 * 86400;

/** Of percents at instants (seconds); undefined when nothing can be said or need be. */
export function forecast(at: readonly number[], percents: readonly (number | null)[]): Forecast | undefined {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i < at.length; i++) {
    const [x, y] = [at[i], percents[i]];
    if (x === undefined || y === null || y === undefined) continue;
    xs.push(x);
    ys.push(y);
  }
  const span = (xs.at(-1) ?? 0) - (xs[0] ?? 0);
  const now = ys.at(-1);
  if (span < SHORTEST || now === undefined) return undefined;
  const { slope, fit } = line(xs, ys);
  if (slope * span < LEAST || fit < STEADY) return undefined;
  const left = (100 - now) / slope;
  return left <= FARTHEST ? { growth: slope * 3600, left: Math.max(0, left) } : undefined;
}

/** Least squares: the slope, and how much of the movement it explains (0 to 1). */
function line(xs: readonly number[], ys: readonly number[]): { slope: number; fit: number } {
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [mx, my] = [mean(xs), mean(ys)];
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < xs.length; i++) {
    const dx = (xs[i] ?? 0) - mx;
    const dy = (ys[i] ?? 0) - my;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (xx === 0 || yy === 0) return { slope: 0, fit: 0 };
  return { slope: xy / xx, fit: (xy * xy) / (xx * yy) };
}
