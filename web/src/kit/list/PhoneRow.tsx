/** PhoneRow: a row as two lines: shape, name, figure over word, detail, second figure. */
import { memo, useRef } from "react";
import { AlertSign } from "~/kit/alert/AlertSign";
import { Shape, type Standing } from "~/kit/State";
import { cellOf } from "./Cell";
import { type Column, type Slot, textOf } from "./column";
import classes from "./PhoneRow.module.css";
import type { RowProps } from "./Row";
import rows from "./Row.module.css";
import { useRoving } from "./useRoving";

export interface PhoneRowProps<T> extends Omit<RowProps<T>, "menu" | "tone"> {
  standing: Standing | undefined;
  /** Boxes stand in place of the shapes, and a tap chooses. */
  selecting: boolean;
}

function PhoneRowView<T>(props: PhoneRowProps<T>): React.ReactNode {
  const { id, item, columns, name, standing, selected } = props;
  const row = useRef<HTMLDivElement>(null);
  // A second link in a row is no target for a thumb: the row has one, and its page has the others.
  useRoving(row, props.tabbable, "[data-open],[data-check]");
  const label = name ? textOf(name, item) : id;
  const slot = (at: Slot) => columns.find((column) => column.phone === at);
  const [shape, word, detail] = [slot("shape"), slot("word"), slot("detail")];
  return (
    <div
      ref={row}
      role="row"
      aria-rowindex={props.index}
      aria-selected={selected}
      data-row={id}
      data-cursor={props.cursor || undefined}
      data-stale={props.stale ? true : undefined}
      tabIndex={props.tabbable ? 0 : -1}
      className={classes.row}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      {props.flash !== undefined && (
        <span key={props.flash} className={`${rows.flash} flash`} aria-hidden="true" />
      )}
      <div role="gridcell" className={classes.mark}>
        {props.selecting && selected !== undefined ? (
          <input
            type="checkbox"
            data-check
            className={rows.box}
            aria-label={`Select ${label}`}
            checked={selected}
            readOnly
          />
        ) : standing ? (
          <Shape tone={standing.tone} />
        ) : (
          shape && cellOf(shape, item)
        )}
      </div>
      <div role="gridcell" data-name className={classes.name}>
        {props.href === undefined ? (
          name && cellOf(name, item)
        ) : (
          <a href={props.href} data-open className="cut" dir="auto">
            {name && cellOf(name, item)}
          </a>
        )}
      </div>
      <Figure column={slot("figure")} item={item} line={1} />
      <div role="gridcell" className={classes.words}>
        {standing ? (
          <span data-state={standing.tone} className={classes.word} title={standing.reason}>
            {standing.word}
          </span>
        ) : (
          word && cellOf(word, item)
        )}
        <AlertSign sign={standing?.alert} plain />
        {detail && textOf(detail, item) !== "" && (
          <span className={classes.detail}>{cellOf(detail, item)}</span>
        )}
      </div>
      <Figure column={slot("figure2")} item={item} line={2} />
    </div>
  );
}

function Figure<T>(props: { column: Column<T> | undefined; item: T; line: 1 | 2 }): React.ReactNode {
  const { column, item, line } = props;
  return (
    <div role="gridcell" className={classes.figure} data-line={line}>
      {column?.short && <span className="faint tiny">{column.short}</span>}
      {column && cellOf(column, item)}
    </div>
  );
}

export const PhoneRow = memo(PhoneRowView) as typeof PhoneRowView;
