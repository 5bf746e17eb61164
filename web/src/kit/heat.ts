/** Heat: how large the cells of a heat map are, and where the arrow keys lead in it. */

export type Density = "large" | "wide" | "normal" | "small";

/** Few cells have room for long names; hundreds have none for any. */
export function densityOf(cells: number): Density {
  if (cells <= 12) return "wide";
  return cells <= 120 ? "normal" : "small";
}

/** The same where a page has room for nothing else: for the last half hour, too, while there are not too many. */
export function densityOfPage(cells: number, phone: boolean): Density {
  if (cells <= 72 && !phone) return "large";
  return cells <= 320 ? "normal" : "small";
}

/** The largest share of the heat colour: beyond it the text on it would no longer be readable. */
export const SHARE = 0.8;

/** How many columns fill what rows there are evenly; where one row has room for all, as many as fit. */
export function balanced(count: number, fit: number): number {
  const rows = Math.ceil(count / Math.max(1, fit));
  return rows > 1 ? Math.ceil(count / rows) : fit;
}

/** The cell an arrow key leads to; undefined where the key is none of the map's. */
export function moved(key: string, from: number, count: number, columns: number): number | undefined {
  const to = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (to === undefined) return undefined;
  const next = from + to;
  if (next < 0) return from;
  // Down into a last row that is too short: its last cell.
  if (next >= count) return Math.floor(from / columns) < Math.floor((count - 1) / columns) ? count - 1 : from;
  return next;
}
