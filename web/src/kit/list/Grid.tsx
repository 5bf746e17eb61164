/** Grid: head and rows in one scrolling box, the columns fitted to its width. */
import { type RefObject, useMemo } from "react";
import { Body, type BodyProps, HEAD, heightOf } from "./Body";
import type { Column } from "./column";
import { CHECK, fitting, template } from "./fit";
import classes from "./Grid.module.css";
import { Head } from "./Head";
import { useSize } from "./useSize";
import type { Sort } from "./view";

/** Above the panel, about: whether the rows reach down to what floats need not be exact. */
const TOOLS = 48;
/** The height of what floats over the last rows. */
const FLOATING = 64;

export function Grid<T extends object>(
  props: Omit<BodyProps<T>, "below"> & {
    root: RefObject<HTMLElement | null>;
    scroller: RefObject<HTMLDivElement | null>;
    label: string;
    /** The link is lost: nothing here is known to be true any more. */
    lost: boolean;
    /** Something floats over the end of the list. */
    floating: boolean;
    sort: Sort;
    onSort(sort: Sort): void;
    chosen: "all" | "some" | "none";
    onAll(): void;
    onScrolled(top: number): void;
    onPointed(pointed: boolean): void;
  },
): React.ReactNode {
  const { columns, phone, entries } = props;
  const choosable = props.selected !== undefined;
  const { width } = useSize(props.scroller);
  const { height } = useSize(props.root);
  const shown: readonly Column<T>[] = useMemo(
    () => (phone || width === 0 ? columns : fitting(columns, width, choosable ? CHECK : 0)),
    [columns, phone, width, choosable],
  );
  const tracks = useMemo(() => template(shown, choosable ? `${CHECK}px` : ""), [shown, choosable]);
  const reaches = entries.length * heightOf(phone) + HEAD + FLOATING > height - TOOLS;
  return (
    <div
      ref={props.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={entries.length + (phone ? 0 : 1)}
      aria-multiselectable={choosable || undefined}
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
          chosen={choosable ? props.chosen : undefined}
          onAll={props.onAll}
        />
      )}
      <Body {...props} columns={shown} below={props.floating && reaches ? FLOATING : 0} />
    </div>
  );
}
