/** useList: everything a list knows at one moment: its view, its rows, the cursor, what is chosen. */
import { useRouter } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useLink } from "~/api/hooks";
import { type Column, nameOf } from "./column";
import { entriesOf } from "./groups";
import type { ListProps } from "./props";
import { useCommands } from "./useCommands";
import { useCursor } from "./useCursor";
import { useFill } from "./useFill";
import { usePhone } from "./usePhone";
import { usePlace } from "./usePlace";
import { useRows } from "./useRows";
import { useView } from "./useView";
import { useVisible } from "./useVisible";
import type { Sort } from "./view";

export type ListModel<T extends object> = ReturnType<typeof useList<T>>;

export const NO_CHIPS: readonly never[] = [];

export function useList<T extends object>(props: ListProps<T>) {
  const { name, columns, idOf, href, groupBy } = props;
  const root = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const phone = usePhone();
  const link = useLink();
  useFill(root, !props.inline);

  const { view, change, typed, type, settle } = useView(name);
  const visible = useVisible(columns, view.columns);
  const sort = view.sort ?? props.sort ?? defaultSort(columns);
  const [pointed, point] = useState(false);
  /** On a phone, before the first row is chosen. */
  const [choosing, choose] = useState(false);
  const { folded, fold } = useFolded();

  const { rows, total, counts, selection } = useRows({
    items: props.items,
    columns,
    chips: props.chips ?? NO_CHIPS,
    idOf,
    searchText: props.searchText,
    view,
    typed,
    sort,
    pointed,
  });
  const pictured = props.picture !== undefined;
  // The keys of a list move among its rows: a picture has keys of its own.
  const entries = useMemo(
    () => (pictured ? [] : entriesOf(rows, idOf, groupBy, folded)),
    [rows, idOf, groupBy, folded, pictured],
  );
  const order = useMemo(() => rows.map(idOf), [rows, idOf]);
  const place = usePlace(name);
  const cursor = useCursor(entries, place.begin.cursor);
  const { ids } = selection;
  const chosen = useMemo(
    () => (ids.size > 0 ? rows.filter((item) => ids.has(idOf(item))) : []),
    [rows, ids, idOf],
  );

  const choosable = props.batch !== undefined && !pictured;
  const open = useCallback(
    (id: string) => {
      const entry = entries.find((each) => each.id === id);
      place.keep({ cursor: id });
      if (entry?.kind !== "item" || !href) return;
      settle();
      router.history.push(href(entry.item));
    },
    [entries, href, router, place.keep, settle],
  );
  const clear = useCallback(() => {
    selection.clear();
    choose(false);
  }, [selection.clear]);
  useCommands({ root, field, entries, order, cursor, selection, choosable, scroller, open, fold, clear });

  return {
    ...{ props, root, scroller, field, phone, view, change, typed, type, settle, visible, sort, point },
    ...{ rows, total, counts, selection, entries, order, place, cursor, chosen, open, fold, clear, choose },
    choosable,
    /** A tap chooses instead of opening. */
    choosing: phone && choosable && (choosing || ids.size > 0),
    /** When core was last heard of, if it is not now. */
    lostAt: link.state === "lost" ? new Date(link.since).toISOString() : undefined,
    /** There is nothing to search in. */
    bare: props.problem !== undefined || (props.ready && total === 0),
  };
}

/** By state, worst first, where there is such a column; else by name. */
function defaultSort<T>(columns: readonly Column<T>[]): Sort {
  const column = columns.find((each) => each.id === "state") ?? nameOf(columns) ?? columns[0];
  return { column: column?.id ?? "", down: column?.descending ?? false };
}

function useFolded() {
  const [folded, set] = useState<ReadonlySet<string>>(new Set());
  const fold = useCallback((group: string) => {
    set((old) => {
      const next = new Set(old);
      if (!next.delete(group)) next.add(group);
      return next;
    });
  }, []);
  return { folded, fold };
}
