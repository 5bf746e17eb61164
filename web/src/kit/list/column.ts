/** Column: how one fact of a row is shown, sorted, searched, and placed in a phone's two-line row. */
import type { ReactNode } from "react";

/** Places of a phone's row: shape, name, figure over word, detail, second figure. */
export type Slot = "shape" | "name" | "figure" | "word" | "detail" | "figure2";

export interface Column<T> {
  id: string;
  label: string;
  /** What is sorted by, searched and copied; null sorts last. */
  value(item: T): string | number | null;
  /** What is searched where that is not `value`, or where that is a number: the words a person would type. */
  text?(item: T): string;
  /** How it is shown; by default `value` as text. */
  render?(item: T): ReactNode;
  /** Numbers stand right. */
  align?: "right";
  /** Share of the width (a number) or a fixed one (`120px`, grows with the others); 1 by default. */
  width?: number | string;
  /** Of a share of the width: pixels it is read at at the least, where that is more than a word takes. */
  least?: number;
  /** Left out until chosen. */
  optional?: boolean;
  /** Where it stands in a phone's row of two lines; state comes from the list's `standing` where it has one. */
  phone?: Slot;
  /** A word before the figure on a phone, where it does not speak for itself (`CPU`). */
  short?: string;
  /** First click sorts downwards (numbers, ages). */
  descending?: boolean;
  /** The smaller, the longer it stays when room runs out; by default its place. The name always stays. */
  priority?: number;
  /** Changes all the time (a load, a rate): rows are put in order anew every few seconds at most. */
  volatile?: boolean;
}

/** The words of a row in this column. */
export function textOf<T>(column: Column<T>, item: T): string {
  if (column.text) return column.text(item);
  const value = column.value(item);
  return value === null ? "" : String(value);
}

/** The words a row is found by in this column: a load that happens to be 80 is nobody's search for port 80. */
export function soughtOf<T>(column: Column<T>, item: T): string {
  if (column.text) return column.text(item);
  const value = column.value(item);
  return typeof value === "string" ? value : "";
}

/** The column that holds the row's link. */
export function nameOf<T>(columns: readonly Column<T>[]): Column<T> | undefined {
  return columns.find((column) => column.phone === "name") ?? columns.find((column) => column.id === "name");
}
