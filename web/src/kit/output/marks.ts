/** Marks: a line's stretches of one style, cut again where matches of a search begin and end. */
import type { Span } from "./control";
import type { Range } from "./search";

export interface Marked extends Span {
  /** Which match this is part of; -1 for none. */
  match: number;
}

export function marked(spans: readonly Span[], ranges: readonly Range[]): Marked[] {
  const found: Marked[] = [];
  let at = 0;
  let next = 0;
  for (const { text, style } of spans) {
    let from = 0;
    while (from < text.length) {
      const range = ranges[next];
      const inside = range !== undefined && at + from >= range[0];
      const border = range === undefined ? Number.POSITIVE_INFINITY : (inside ? range[1] : range[0]) - at;
      const to = Math.min(text.length, border);
      if (to > from) found.push({ text: text.slice(from, to), style, match: inside ? next : -1 });
      from = to;
      if (inside && at + to === range[1]) next += 1;
    }
    at += text.length;
  }
  return found;
}
