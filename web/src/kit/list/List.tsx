/** List: the one grammar of every list: search, filters, sort, columns, keyboard, choosing many, state in the URL. */
import { useRouter } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useLink } from "~/api/hooks";
import { Notice } from "~/kit/Notice";
import { exact } from "~/kit/time";
import { BatchBar } from "./BatchBar";
import { type Column, nameOf } from "./column";
import { Grid } from "./Grid";
import { entriesOf } from "./groups";
import classes from "./List.module.css";
import { Broken, NoMatch } from "./Nothing";
import { PhoneTools } from "./PhoneTools";
import type { ListProps } from "./props";
import { Tools } from "./Tools";
import { useCommands } from "./useCommands";
import { useCursor } from "./useCursor";
import { useFill } from "./useFill";
import { usePhone } from "./usePhone";
import { usePlace } from "./usePlace";
import { useRows } from "./useRows";
import { useView } from "./useView";
import { useVisible } from "./useVisible";
import { useWidth } from "./useWidth";
import type { Sort } from "./view";
import { Waiting } from "./Waiting";

/** The height of what floats over the last rows: the batch bar, on a phone the primary action. */
const FLOATING = 64;
const NO_CHIPS: readonly never[] = [];

export function List<T extends object>(props: ListProps<T>): React.ReactNode {
  const { name, columns, idOf, href, groupBy, problem } = props;
  const root = useRef<HTMLElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const phone = usePhone();
  const link = useLink();
  const width = useWidth(panel);
  useFill(root, !props.inline);

  const { view, change, typed, type } = useView(name);
  const chips = props.chips ?? NO_CHIPS;
  const visible = useVisible(columns, view.columns);
  const sort = view.sort ?? props.sort ?? defaultSort(columns);
  const [pointed, setPointed] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());

  const { rows, total, counts, selection } = useRows({
    items: props.items,
    columns,
    chips,
    idOf,
    searchText: props.searchText,
    view,
    typed,
    sort,
    pointed,
  });
  const entries = useMemo(() => entriesOf(rows, idOf, groupBy, folded), [rows, idOf, groupBy, folded]);
  const place = usePlace(name);
  const cursor = useCursor(entries, place.begin.cursor);
  const order = useMemo(() => rows.map(idOf), [rows, idOf]);

  const choosable = props.batch !== undefined;
  const { ids } = selection;
  const chosen = useMemo(
    () => (ids.size ? rows.filter((item) => ids.has(idOf(item))) : []),
    [rows, ids, idOf],
  );
  const open = useCallback(
    (id: string) => {
      const entry = entries.find((each) => each.id === id);
      place.keep({ cursor: id });
      if (entry?.kind === "item" && href) router.history.push(href(entry.item));
    },
    [entries, href, router, place.keep],
  );
  const fold = (group: string) =>
    setFolded((old) => {
      const next = new Set(old);
      if (!next.delete(group)) next.add(group);
      return next;
    });
  const clear = () => {
    selection.clear();
    setChoosing(false);
  };
  useCommands({ root, field, entries, order, cursor, selection, choosable, scroller, open, fold, clear });

  const lost = link.state === "lost";
  const tools = {
    name,
    field,
    hint: props.searchHint,
    typed,
    onType: type,
    onDown: () => cursor.to(0),
    shown: rows.length,
    total,
    lostAt: lost ? new Date(link.since).toISOString() : undefined,
    columns,
    visible,
    columnsChosen: view.columns !== undefined,
    onColumns: (ids: string[] | undefined) => change({ columns: ids }),
    primary: props.primary,
    chips,
    counts,
    filters: view.filters,
    onFilters: (filters: typeof view.filters) => change({ filters }),
  };
  const onSort = (next: typeof sort) => change({ sort: next });
  const bare = problem !== undefined || (props.ready && total === 0);

  return (
    <section ref={root} className={classes.list} aria-label={name} data-inline={props.inline || undefined}>
      {bare ? null : phone ? (
        <PhoneTools
          {...tools}
          sort={sort}
          onSort={onSort}
          choosing={choosable ? choosing || ids.size > 0 : undefined}
          onChoosing={(on) => (on ? setChoosing(true) : clear())}
        />
      ) : (
        <Tools {...tools} />
      )}
      <div ref={panel} className={classes.panel}>
        {problem ? (
          <Broken name={name} problem={problem} retry={props.retry ?? (() => location.reload())} />
        ) : !props.ready ? (
          <Waiting columns={visible} phone={phone} choosable={choosable} />
        ) : total === 0 ? (
          <Notice {...props.empty} />
        ) : rows.length === 0 ? (
          <NoMatch
            name={name}
            total={total}
            clear={() => {
              type("");
              change({ q: "", filters: [] });
            }}
          />
        ) : (
          <Grid
            scroller={scroller}
            width={width}
            label={name}
            lost={lost}
            entries={entries}
            columns={phone ? columns : visible}
            below={ids.size > 0 || (phone && props.primary) ? FLOATING : 0}
            phone={phone}
            cursor={cursor}
            selected={choosable ? ids : undefined}
            acts={{
              open,
              fold,
              choose: (id, range) => (range ? selection.range(order, id) : selection.toggle(id)),
              choosable,
              choosing: phone && (choosing || ids.size > 0),
            }}
            groupBy={groupBy}
            href={href}
            standing={props.standing}
            changed={props.changed}
            stale={props.stale && ((item) => staleText(props.stale?.(item)))}
            rowMenu={props.rowMenu}
            begin={place.begin.top}
            sort={sort}
            onSort={onSort}
            chosen={ids.size === 0 ? "none" : ids.size === rows.length ? "all" : "some"}
            onAll={() => selection.toggleAll(order)}
            onScrolled={(top) => place.keep({ top })}
            onPointed={setPointed}
          />
        )}
      </div>
      {props.batch && ids.size > 0 ? (
        <BatchBar
          label={props.selectionLabel?.(ids.size) ?? `${ids.size} selected`}
          chosen={ids.size}
          actions={props.batch(chosen)}
          phone={phone}
          onClear={clear}
        />
      ) : (
        phone && props.primary && !bare && <div className={classes.primary}>{props.primary}</div>
      )}
    </section>
  );
}

function staleText(since: string | null | undefined): string | undefined {
  return since ? `As it was at ${exact(since)}` : undefined;
}

/** By state, worst first, where there is such a column; else by name. */
function defaultSort<T>(columns: readonly Column<T>[]): Sort {
  const column = columns.find((each) => each.id === "state") ?? nameOf(columns) ?? columns[0];
  return { column: column?.id ?? "", down: column?.descending ?? false };
}
