/** useRows: from everything there is to the rows shown: searched, filtered, chosen among, in an order that holds still. */
import { useMemo, useRef } from "react";
import type { Chip } from "./chip";
import { type Column, nameOf, soughtOf } from "./column";
import { remembered } from "./remembered";
import { sift, wordsOf } from "./sift";
import { sorted } from "./sort";
import { useOrder } from "./useOrder";
import { usePaced } from "./usePaced";
import { type SelectionHandle, useSelection } from "./useSelection";
import type { Sort, View } from "./view";

/** However much changes, rows are worked out ten times a second at most. */
const PACE = 100;

export interface Rows<T> {
  rows: readonly T[];
  total: number;
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  selection: SelectionHandle;
}

interface Wanted<T extends object> {
  items: readonly T[];
  columns: readonly Column<T>[];
  chips: readonly Chip<T>[];
  idOf(item: T): string;
  searchText: ((item: T) => string) | undefined;
  view: View;
  typed: string;
  sort: Sort;
  /** The pointer is over the rows. */
  pointed: boolean;
}

export function useRows<T extends object>(wanted: Wanted<T>): Rows<T> {
  const { columns, chips, idOf, searchText, view, sort } = wanted;
  const items = usePaced(wanted.items, PACE);
  const query = wanted.typed;
  // Its words are those of the row alone, so another function with the same words is no reason to begin anew.
  const more = useRef(searchText);
  more.current = searchText;
  const text = useMemo(() => {
    const words = (item: T) => [
      ...columns.map((column) => soughtOf(column, item)),
      more.current?.(item) ?? "",
    ];
    return remembered((item: T) => words(item).join("\n").toLowerCase());
  }, [columns]);
  const { kept, counts } = useMemo(
    () => sift(items, wordsOf(query), text, view.filters, chips),
    [items, query, text, view.filters, chips],
  );
  const shown = useMemo(() => new Set(kept.map(idOf)), [kept, idOf]);
  const selection = useSelection(shown);

  const by = columns.find((column) => column.id === sort.column);
  const name = nameOf(columns);
  const inOrder = useMemo(
    () => (by ? sorted(kept, by.value, sort.down, name && name !== by ? name.value : undefined) : kept),
    [kept, by, name, sort.down],
  );
  const asked = useMemo(() => JSON.stringify([sort, view.filters, query]), [sort, view.filters, query]);
  const held = wanted.pointed || selection.ids.size > 0;
  const rows = useOrder(inOrder, idOf, asked, held, by?.volatile ?? false);
  return { rows, total: items.length, counts, selection };
}
