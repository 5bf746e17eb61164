/** What a list is told. */
import type { ReactNode } from "react";
import type { ProblemBody } from "~/api/types";
import type { Standing } from "~/kit/State";
import type { BatchAction } from "./batch";
import type { Chip } from "./chip";
import type { Column } from "./column";
import type { GroupBy } from "./groups";
import type { Sort } from "./view";

/** What a picture of a list shows. */
export interface Pictured<T> {
  rows: readonly T[];
  sort: Sort;
  onSort(sort: Sort): void;
  /** To call before a link in it is followed: what is typed is written to this page's address, not the next one's. */
  leave(): void;
}

export interface ListProps<T extends object> {
  /** In the plural and lower case (`servers`): its label, and where its column choice is kept. */
  name: string;
  /** One row each; a row that changed is another object, one that did not is the same. */
  items: readonly T[];
  idOf(item: T): string;
  /** Keep the array the same from one rendering to the next (as `chips`): what is found and sorted by depends on it. */
  columns: readonly Column<T>[];
  chips?: readonly Chip<T>[];
  /** Where a row leads. */
  href?(item: T): string;
  /** How a row stands: a filter by state, the shape and word on a phone. */
  standing?(item: T): Standing;
  /** When rows changed in a way worth a look (ms since the epoch): they flash once. */
  changed?: ReadonlyMap<string, number>;
  /** The first snapshot has come. */
  ready: boolean;
  problem?: ProblemBody | undefined;
  retry?(): void;
  /** What an empty list teaches: the first step. */
  empty: { title: string; text: ReactNode; action?: ReactNode };
  /** What can be done with the chosen rows; without it none can be chosen. */
  batch?(selected: readonly T[]): readonly BatchAction[];
  /** The one button that stands out, for instance "Add server". */
  primary?: ReactNode;
  /** A button with a menu, shown on the row pointed at. */
  rowMenu?(item: T): ReactNode;
  /** What a row is found by beside its columns; by default those alone. */
  searchText?(item: T): string;
  /** In the empty search field: what can be searched for. */
  searchHint?: string;
  groupBy?: GroupBy<T>;
  /** Since when a row's figures are out of date, if they are. */
  stale?(item: T): string | null | undefined;
  /** What the batch bar says; by default "3 selected". */
  selectionLabel?(count: number): string;
  /** The order until somebody sorts: by state if there is such a column, else by name. */
  sort?: Sort;
  /** What is shown instead of rows: the same ones, searched and filtered, as something to look at. */
  picture?(shown: Pictured<T>): ReactNode;
  /** Among the tools: how the rows are looked at. */
  looks?: ReactNode;
  /** As high as its rows instead of what is left of the page: for short lists among other things. */
  inline?: boolean;
}
