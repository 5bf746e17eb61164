/** Body: the rows in sight, and no others. */
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect } from "react";
import type { Standing } from "~/kit/State";
import classes from "./Body.module.css";
import { type Column, nameOf } from "./column";
import { GroupRow } from "./GroupRow";
import type { Entry, GroupBy } from "./groups";
import { PhoneRow } from "./PhoneRow";
import { Row } from "./Row";
import type { Cursor } from "./useCursor";
import { useFollow } from "./useFollow";
import { usePointed } from "./usePointed";
import { type RowActs, useTouches } from "./useTouches";

export interface BodyProps<T extends object> {
  scroller: RefObject<HTMLElement | null>;
  entries: readonly Entry<T>[];
  columns: readonly Column<T>[];
  phone: boolean;
  cursor: Cursor;
  /** Undefined where rows cannot be chosen. */
  selected: ReadonlySet<string> | undefined;
  acts: RowActs;
  groupBy: GroupBy<T> | undefined;
  href: ((item: T) => string) | undefined;
  standing: ((item: T) => Standing) | undefined;
  changed: ReadonlyMap<string, number> | undefined;
  stale: ((item: T) => string | undefined) | undefined;
  rowMenu: ((item: T) => React.ReactNode) | undefined;
  /** Room below the last row for what floats there. */
  below: number;
  /** Where the list was when it was left. */
  begin: number;
}

const ROW = 34;
const PHONE_ROW = 60;
export const HEAD = 32;
const GROUP = 32;
const PHONE_GROUP = 40;
/** How long a change is worth a flash. */
const FRESH = 1600;

export function heightOf(phone: boolean): number {
  return phone ? PHONE_ROW : ROW;
}

export function Body<T extends object>(props: BodyProps<T>): React.ReactNode {
  const { entries, columns, phone, cursor, selected, scroller, stale } = props;
  const head = phone ? 0 : HEAD;
  const height = heightOf(phone);
  const groupHeight = phone ? PHONE_GROUP : GROUP;
  const extract = useCallback(
    (range: Range) => withCursor(defaultRangeExtractor(range), cursor.index),
    [cursor.index],
  );
  // The same function until the rows change: another one would have every row measured at each scroll.
  const keyOf = useCallback((index: number) => entries[index]?.id ?? index, [entries]);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (entries[index]?.kind === "group" ? groupHeight : height),
    getItemKey: keyOf,
    overscan: 8,
    scrollMargin: head,
    scrollPaddingStart: head,
    scrollPaddingEnd: props.below,
    paddingEnd: props.below,
    rangeExtractor: extract,
    initialOffset: props.begin,
  });
  // Heights are known, not measured: they follow the kinds of the entries and the width of the window.
  const kinds = props.groupBy ? entries.map((entry) => entry.kind[0]).join("") : "";
  useLayoutEffect(() => virtual.measure(), [virtual, kinds, phone]);
  useFollow(scroller, virtual.scrollToIndex, cursor);

  const [pointed, point] = usePointed(scroller);
  const touches = useTouches(props.acts);
  const name = nameOf(columns);
  const seen = virtual.getVirtualItems();
  const tabbable = cursor.index >= 0 ? cursor.index : seen[0]?.index;
  const first = phone ? 1 : 2;
  const since = Date.now() - FRESH;

  return (
    <div
      role="rowgroup"
      className={classes.body}
      style={{ height: virtual.getTotalSize() }}
      onFocus={(event) => {
        const id = (event.target as HTMLElement).closest<HTMLElement>("[data-row]")?.dataset.row;
        if (id && event.currentTarget.contains(event.target)) cursor.put(id);
      }}
      onPointerOver={point}
      {...touches}
    >
      {seen.map(({ index, start, key, size }) => {
        const entry = entries[index];
        if (!entry) return null;
        const place = {
          index: index + first,
          top: start - head,
          height: size,
          cursor: index === cursor.index,
          tabbable: index === tabbable,
        };
        if (entry.kind === "group") {
          const { groupBy, standing } = props;
          return groupBy && <GroupRow key={key} {...{ entry, groupBy, standing, ...place }} />;
        }
        const { id, item } = entry;
        const changed = props.changed?.get(id);
        const shared = {
          ...place,
          id,
          item,
          columns,
          name,
          href: props.href?.(item),
          selected: selected?.has(id),
          flash: changed !== undefined && changed > since ? changed : undefined,
          stale: stale?.(item),
        };
        const standing = props.standing?.(item);
        if (phone)
          return <PhoneRow key={key} {...shared} standing={standing} selecting={props.acts.choosing} />;
        const menu = id === pointed || place.cursor ? props.rowMenu?.(item) : undefined;
        return <Row key={key} {...shared} tone={standing?.tone} menu={menu} />;
      })}
    </div>
  );
}

/** The row with the focus stays in the page however far it is scrolled away. */
function withCursor(indexes: number[], cursor: number): number[] {
  if (cursor < 0 || indexes.includes(cursor)) return indexes;
  return [...indexes, cursor].sort((a, b) => a - b);
}
