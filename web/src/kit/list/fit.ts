/** Fit: which columns there is room for, and the grid they stand in. */
import { type Column, nameOf } from "./column";

/** The least a column of a share of the width is read at. */
const LEAST = 96;
const LEAST_NAME = 120;
export const CHECK = 38;

/** The columns shown at this width, in order: the least important go rather than all being squeezed. */
export function fitting<T>(columns: readonly Column<T>[], width: number, extra: number): Column<T>[] {
  const name = nameOf(columns);
  const rank = (column: Column<T>) => (column === name ? -1 : (column.priority ?? columns.indexOf(column)));
  let left = width - extra;
  const kept = new Set<Column<T>>();
  for (const column of [...columns].sort((a, b) => rank(a) - rank(b))) {
    left -= least(column, name);
    if (left < 0 && kept.size > 0) break;
    kept.add(column);
  }
  return columns.filter((column) => kept.has(column));
}

/** `grid-template-columns`; fixed widths grow alike where there is room. */
export function template<T>(columns: readonly Column<T>[], before: string): string {
  const name = nameOf(columns);
  const tracks = columns.map((column) => {
    const { width = 1 } = column;
    if (typeof width === "number") return `minmax(${least(column, name)}px, ${width * 140}fr)`;
    return `minmax(${width}, ${Number.parseFloat(width)}fr)`;
  });
  return [before, ...tracks].filter(Boolean).join(" ");
}

function least<T>(column: Column<T>, name: Column<T> | undefined): number {
  if (typeof column.width === "string") return Number.parseFloat(column.width);
  if (column.least !== undefined) return column.least;
  return column === name ? LEAST_NAME : LEAST;
}
