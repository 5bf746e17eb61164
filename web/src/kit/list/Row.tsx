/** Row: one line of a list on a screen with room for columns. */
import { memo, useRef } from "react";
import { cellOf } from "./Cell";
import { type Column, textOf } from "./column";
import classes from "./Row.module.css";
import { useRoving } from "./useRoving";

export interface RowProps<T> {
  id: string;
  item: T;
  /** Counted from 1, the head included. */
  index: number;
  top: number;
  height: number;
  columns: readonly Column<T>[];
  name: Column<T> | undefined;
  href: string | undefined;
  tone: string | undefined;
  /** Undefined where rows cannot be chosen. */
  selected: boolean | undefined;
  cursor: boolean;
  /** The one row that Tab comes to. */
  tabbable: boolean;
  /** When it last changed, if that is worth a flash. */
  flash: number | undefined;
  /** Why its figures are grey. */
  stale: string | undefined;
  menu: React.ReactNode;
}

function RowView<T>(props: RowProps<T>): React.ReactNode {
  const { id, item, columns, name, selected, tabbable } = props;
  const row = useRef<HTMLDivElement>(null);
  useRoving(row, tabbable);
  return (
    <div
      ref={row}
      role="row"
      aria-rowindex={props.index}
      aria-selected={selected}
      data-row={id}
      data-tone={props.tone}
      data-cursor={props.cursor || undefined}
      data-stale={props.stale ? true : undefined}
      title={props.stale}
      tabIndex={tabbable ? 0 : -1}
      className={classes.row}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      {props.flash !== undefined && (
        <span key={props.flash} className={`${classes.flash} flash`} aria-hidden="true" />
      )}
      {selected !== undefined && (
        <div role="gridcell" className={classes.check}>
          <input
            type="checkbox"
            data-check
            className={classes.box}
            aria-label={`Select ${name ? textOf(name, item) : id}`}
            checked={selected}
            readOnly
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          data-align={column.align}
          data-name={column === name || undefined}
          className={classes.cell}
        >
          {column === name && props.href !== undefined ? (
            <a href={props.href} data-open className="cut" dir="auto">
              {cellOf(column, item)}
            </a>
          ) : (
            cellOf(column, item)
          )}
        </div>
      ))}
      {props.menu && (
        <div role="gridcell" className={classes.menu}>
          {props.menu}
        </div>
      )}
    </div>
  );
}

export const Row = memo(RowView) as typeof RowView;
