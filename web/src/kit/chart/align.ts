/** Align: columns of different servers or times laid on one axis, so that they can be compared. Pure. */
import type { Values } from "./summary";

export interface Aligned {
  at: readonly number[];
  values: Values;
  /** Seconds between two of its points. */
  step: number;
}

/**
 * What a column says at each instant of an axis, `later` seconds after it was so. The nearest point counts, if it
 * is no further away than it stands for; anything else is a gap.
 */
export function onto(axis: readonly number[], column: Aligned, later = 0): (number | null)[] {
  const { at, values, step } = column;
  const reach = Math.max(step, (axis[1] ?? 0) - (axis[0] ?? 0)) / 2;
  let i = 0;
  return axis.map((time) => {
    const meant = time - later;
    while (i + 1 < at.length && Math.abs((at[i + 1] ?? 0) - meant) <= Math.abs((at[i] ?? 0) - meant)) i += 1;
    const found = at[i];
    return found !== undefined && Math.abs(found - meant) <= reach ? (values[i] ?? null) : null;
  });
}

/** The axis of many: the finest one, from the first point of any to the last. */
export function axisOf(
  columns: readonly { at: readonly number[]; step: number; later?: number }[],
): number[] {
  const told = columns.filter(({ at }) => at.length > 0);
  const [first] = told;
  if (!first) return [];
  const step = Math.min(...told.map((each) => each.step));
  const begin = Math.min(...told.map(({ at, later = 0 }) => (at[0] ?? 0) + later));
  const end = Math.max(...told.map(({ at, later = 0 }) => (at.at(-1) ?? 0) + later));
  return Array.from({ length: Math.floor((end - begin) / step) + 1 }, (_, i) => begin + i * step);
}
