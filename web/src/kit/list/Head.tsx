/** Head: the headings, which sort, and the box that chooses every row. */
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { Column } from "./column";
import classes from "./Head.module.css";
import rows from "./Row.module.css";
import type { Sort } from "./view";

export function Head<T>(props: {
  columns: readonly Column<T>[];
  sort: Sort;
  onSort(sort: Sort): void;
  /** Undefined where rows cannot be chosen. */
  chosen: "all" | "some" | "none" | undefined;
  onAll(): void;
}): React.ReactNode {
  const { chosen } = props;
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.row}>
        {chosen !== undefined && (
          <div role="columnheader" className={rows.check}>
            <AllBox chosen={chosen} onAll={props.onAll} />
          </div>
        )}
        {props.columns.map((column) => (
          <Heading key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
        ))}
      </div>
    </div>
  );
}

function AllBox({ chosen, onAll }: { chosen: "all" | "some" | "none"; onAll(): void }): React.ReactNode {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = chosen === "some";
  }, [chosen]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={rows.box}
      aria-label="Select all"
      checked={chosen === "all"}
      onChange={onAll}
    />
  );
}

function Heading<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: Sort;
  onSort(sort: Sort): void;
}): React.ReactNode {
  const on = sort.column === column.id;
  const first = column.descending ?? false;
  const Arrow = sort.down ? IconArrowDown : IconArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={on ? (sort.down ? "descending" : "ascending") : undefined}
      data-align={column.align}
      className={classes.heading}
    >
      <button
        type="button"
        className={classes.button}
        onClick={() => onSort({ column: column.id, down: on ? !sort.down : first })}
      >
        <span className="cut">{column.label}</span>
        {on && <Arrow size={12} stroke={1.75} aria-hidden="true" />}
      </button>
    </div>
  );
}
