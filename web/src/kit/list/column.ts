/** Column: how one fact of a row is shown, sorted, searched, and placed in a phone's two-line row. */
import type { ReactNode } from "react";

export interface Column<T> {
  id: string;
  label: string;
  /** What is sorted by, searched and copied; null sorts last. */
  value(item: T): string | number | null;
  /** How it is shown; by default `value` as text. */
  render?(item: T): ReactNode;
  /** Numbers stand right. */
  align?: "right";
  /** Share of the width (a number) or a fixed one (`120px`); 1 by default. */
  width?: number | string;
  /** Left out until chosen. */
  optional?: boolean;
  /** Where it stands in a phone's row of two lines: shape+name+figure over word+detail+figure. */
  phone?: "shape" | "name" | "figure" | "word" | "detail" | "figure2";
  /** First click sorts downwards (numbers, ages). */
  descending?: boolean;
}
