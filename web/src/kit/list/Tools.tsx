/** Tools: the one row above a list: search, filters, how many, columns, the primary action. */
import type { RefObject } from "react";
import { Ago } from "~/kit/time";
import { count } from "~/kit/units";
import { Chips, type ChipsProps } from "./Chips";
import { ColumnMenu } from "./ColumnMenu";
import type { Column } from "./column";
import { SearchField } from "./SearchField";
import classes from "./Tools.module.css";

export interface ToolsProps<T> extends ChipsProps<T> {
  name: string;
  field: RefObject<HTMLInputElement | null>;
  hint: string | undefined;
  typed: string;
  onType(text: string): void;
  onDown(): void;
  /** Undefined until that is known. */
  shown: number | undefined;
  total: number;
  /** When the link was lost, if it is. */
  lostAt: string | undefined;
  columns: readonly Column<T>[];
  visible: readonly Column<T>[];
  columnsChosen: boolean;
  onColumns(ids: string[] | undefined): void;
  primary: React.ReactNode;
  looks: React.ReactNode;
  /** There are no columns to choose. */
  pictured: boolean;
}

export function Tools<T>(props: ToolsProps<T>): React.ReactNode {
  return (
    <div className={classes.tools}>
      <SearchField
        field={props.field}
        label={`Search ${props.name}`}
        hint={props.hint ?? "Search…"}
        typed={props.typed}
        onType={props.onType}
        onDown={props.onDown}
        phone={false}
      />
      <Chips {...props} />
      <div className={classes.end}>
        <Count {...props} />
        {props.looks}
        {!props.pictured && (
          <ColumnMenu
            columns={props.columns}
            shown={props.visible}
            chosen={props.columnsChosen}
            onColumns={props.onColumns}
          />
        )}
        {props.primary}
      </div>
    </div>
  );
}

/** `41 of 216`, and how old that is while core is not heard. */
export function Count({
  shown,
  total,
  lostAt,
}: {
  /** Undefined until that is known. */
  shown: number | undefined;
  total: number;
  lostAt: string | undefined;
}): React.ReactNode {
  return (
    <span className={classes.count} role="status">
      {shown !== undefined && `${count(shown)} of ${count(total)}`}
      {lostAt && (
        <span>
          {" · as of "}
          <Ago at={lostAt} suffix=" ago" />
        </span>
      )}
    </span>
  );
}
