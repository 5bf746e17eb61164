/** Stretches: the parts of two columns in which both have figures. Pure. */
import type { Values } from "./summary";

/** Indices: from, and up to but not including. */
export function stretches(low: Values, high: Values): [from: number, to: number][] {
  const found: [number, number][] = [];
  let begun = -1;
  for (let i = 0; i <= low.length; i++) {
    const there = i < low.length && typeof low[i] === "number" && typeof high[i] === "number";
    if (there && begun < 0) begun = i;
    if (!there && begun >= 0) {
      found.push([begun, i]);
      begun = -1;
    }
  }
  return found;
}
