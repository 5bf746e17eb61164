/** GroupRow: the heading of a group, which folds it. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Shape, type Standing, worstTone } from "~/kit/State";
import classes from "./GroupRow.module.css";
import type { Entry, GroupBy } from "./groups";

export function GroupRow<T>(props: {
  entry: Extract<Entry<T>, { kind: "group" }>;
  groupBy: GroupBy<T>;
  standing: ((item: T) => Standing) | undefined;
  index: number;
  top: number;
  height: number;
  cursor: boolean;
  tabbable: boolean;
}): React.ReactNode {
  const { entry, groupBy } = props;
  const Chevron = entry.folded ? IconChevronRight : IconChevronDown;
  const toneOf = (item: T) => props.standing && worstTone(props.standing(item));
  const label = groupBy.label?.(entry.group, entry.items) ?? entry.group;
  return (
    <div
      role="row"
      aria-rowindex={props.index}
      data-row={entry.id}
      data-cursor={props.cursor || undefined}
      tabIndex={props.tabbable ? 0 : -1}
      className={classes.group}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      <div role="gridcell" className={classes.cell}>
        <button
          type="button"
          data-fold={entry.group}
          className={classes.fold}
          aria-expanded={!entry.folded}
          tabIndex={props.tabbable ? 0 : -1}
        >
          <Chevron size={14} stroke={1.5} aria-hidden="true" />
          <span className="cut strong" dir="auto">
            {entry.group === "" ? groupBy.none : label}
          </span>
          <span className="muted tiny">{entry.items.length}</span>
          {(["bad", "warn"] as const).map((tone) => {
            const count = entry.items.filter((item) => toneOf(item) === tone).length;
            return (
              count > 0 && (
                <span key={tone} className={classes.trouble} data-state={tone}>
                  <Shape tone={tone} size={10} /> {count}
                </span>
              )
            );
          })}
        </button>
        {entry.group !== "" && groupBy.menu && (
          <span className={classes.menu}>{groupBy.menu(entry.group, entry.items)}</span>
        )}
      </div>
    </div>
  );
}
