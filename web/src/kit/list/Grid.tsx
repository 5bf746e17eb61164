/** Grid: head and rows in one scrolling box, the columns fitted to its width. */
import { type RefObject, useMemo } from "react";
import { Body, type BodyProps } from "./Body";
import type { Column } from "./column";
import { CHECK, fitting, template } from "./fit";
import classes from "./Grid.module.css";
import { Head } from "./Head";
import type { Sort } from "./view";

export function Grid<T extends object>(
  props: BodyProps<T> & {
    scroller: RefObject<HTMLDivElement | null>;
    width: number;
    label: string;
    /** The link is lost: nothing here is known to be true any more. */
    lost: boolean;
    sort: Sort;
    onSort(sort: Sort): void;
    chosen: "all" | "some" | "none";
    onAll(): void;
    onScrolled(top: number): void;
    onPointed(pointed: boolean): void;
  },
): React.ReactNode {
  const { columns, phone, width, selected } = props;
  const shown: readonly Column<T>[] = useMemo(
    () => (phone || width === 0 ? columns : fitting(columns, width, selected ? CHECK : 0)),
    [columns, phone, width, selected !== undefined],
  );
  const tracks = useMemo(
    () => template(shown, selected ? `${CHECK}px` : ""),
    [shown, selected !== undefined],
  );
  return (
    <div
      ref={props.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.entries.length + (phone ? 0 : 1)}
      aria-multiselectable={selected ? true : undefined}
      data-lost={props.lost || undefined}
      className={classes.grid}
      style={{ "--tracks": tracks } as React.CSSProperties}
      onScroll={(event) => props.onScrolled(event.currentTarget.scrollTop)}
      onPointerEnter={(event) => event.pointerType === "mouse" && props.onPointed(true)}
      onPointerLeave={() => props.onPointed(false)}
    >
      {!phone && (
        <Head
          columns={shown}
          sort={props.sort}
          onSort={props.onSort}
          chosen={selected ? props.chosen : undefined}
          onAll={props.onAll}
        />
      )}
      <Body {...props} columns={shown} />
    </div>
  );
}
