/** Chip: one way of filtering a list: by the values its rows have (tags, states), or by a test ("Disk over 80%"). */
import type { ReactNode } from "react";
import { byNature } from "./sort";

export interface ValueChip<T> {
  id: string;
  label: string;
  /** The values of a row; a row matches if it has one of those chosen. */
  values(item: T): readonly string[];
  /** A row has to have all of the values chosen (tags). */
  all?: boolean;
  /** How a value is shown in the menu. */
  show?(value: string): ReactNode;
  /** The order of the menu; by default as people sort words. */
  order?(a: string, b: string): number;
  /** Offered in the tool row even while nothing is chosen. */
  pinned?: boolean;
}

export interface TestChip<T> {
  id: string;
  label: string;
  matches(item: T): boolean;
}

export type Chip<T> = ValueChip<T> | TestChip<T>;

/** What is chosen of one chip; a test has no values. */
export interface Filter {
  chip: string;
  values: readonly string[];
}

export function isValueChip<T>(chip: Chip<T>): chip is ValueChip<T> {
  return "values" in chip;
}

/** The filters with one value (or test) switched on, or off where it was on. */
export function switched(filters: readonly Filter[], chip: string, value?: string): Filter[] {
  const now = filters.find((filter) => filter.chip === chip);
  const others = filters.filter((filter) => filter.chip !== chip);
  if (value === undefined) return now ? others : [...filters, { chip, values: [] }];
  const values = now?.values ?? [];
  const left = values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
  if (left.length === 0) return others;
  if (!now) return [...filters, { chip, values: left }];
  return filters.map((filter) => (filter.chip === chip ? { chip, values: left } : filter));
}

/** Every value there is, and those chosen although no row has them now. */
export function valuesOf<T>(
  chip: ValueChip<T>,
  counts: ReadonlyMap<string, number>,
  chosen: readonly string[],
): string[] {
  return [...new Set([...counts.keys(), ...chosen])].sort(chip.order ?? byNature);
}
