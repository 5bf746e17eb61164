/** Rows: the entries of the stream that are in sight, under the day they belong to. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo } from "react";
import { useDrawer } from "~/app/drawer";
import { useNowText } from "~/kit/time";
import { dayName, dayOf } from "./days";
import classes from "./Stream.module.css";
import { StreamRow } from "./StreamRow";
import type { StreamEntry } from "./stream";
import { type Roving, useFollow } from "./useRoving";

const ROW = 34;
const PHONE_ROW = 56;
const DAY = 32;
/** Of the head, which lies over the rows. */
const HEAD = 33;
/** How long an arrival is worth a flash. */
const FRESH = 1600;
/** So many rows before the end, older ones are asked for. */
const AHEAD = 20;

export function Rows(props: {
  /** Null until it is in the page. */
  scroller: HTMLElement | null;
  entries: readonly StreamEntry[];
  phone: boolean;
  own: boolean;
  arrived: ReadonlyMap<string, number>;
  unfolded: ReadonlySet<string>;
  onFold(id: string): void;
  roving: Roving;
  /** Told when the end comes into sight. */
  onEnd(): void;
}): React.ReactNode {
  const { scroller, entries, phone, roving, onEnd } = props;
  const drawer = useDrawer();
  const today = useNowText((now) => dayOf(new Date(now).toISOString()));
  const height = phone ? PHONE_ROW : ROW;
  const head = phone ? 0 : HEAD;
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (entries[index]?.kind === "day" ? DAY : height),
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 8,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const near = last >= entries.length - AHEAD;
  // Once more when more has come: a screen may be higher than a page is long.
  useEffect(() => {
    if (near && entries.length > 0) onEnd();
  }, [near, entries, onEnd]);
  useFollow(scroller, roving, entries, virtual.scrollToIndex);
  const tabbable = useMemo(
    () => roving.id ?? entries.find((entry) => entry.kind === "item")?.id,
    [roving.id, entries],
  );
  const since = Date.now() - FRESH;

  return (
    <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
      {seen.map(({ index, key, start }) => {
        const entry = entries[index];
        if (!entry) return null;
        const place = {
          ref: virtual.measureElement,
          role: "row",
          "data-index": index,
          style: { transform: `translateY(${start - head}px)` },
        };
        if (entry.kind === "day") {
          return (
            <div key={key} {...place} className={classes.day}>
              <div role="gridcell">{dayName(entry.day, Date.now())}</div>
            </div>
          );
        }
        const { id, activity } = entry;
        const arrived = props.arrived.get(id);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: its role is in `place`
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the whole stream open it, too
          <div
            key={key}
            {...place}
            data-row={id}
            aria-current={drawer.activity === id ? "true" : undefined}
            tabIndex={id === tabbable ? 0 : -1}
            className={classes.row}
            onFocus={() => roving.put(id)}
            onClick={(event) => isPlain(event) && drawer.open(id)}
          >
            <StreamRow
              activity={activity}
              own={props.own}
              today={dayOf(activity.created) === today}
              unfolded={props.unfolded.has(id)}
              flash={arrived !== undefined && arrived > since ? arrived : undefined}
              tabbable={id === tabbable}
              onFold={props.onFold}
              onOpen={drawer.open}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Nothing in the row was meant, and no text was being chosen. */
function isPlain(event: React.MouseEvent<HTMLElement>): boolean {
  const target = event.target as HTMLElement;
  if (target.closest("a, button, [data-part=changes]")) return false;
  return getSelection()?.isCollapsed ?? true;
}
