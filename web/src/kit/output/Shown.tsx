/** Shown: the scroll container with the rows that are seen, and the height of all the others. */
import type { MouseEvent } from "react";
import type { Lines } from "./lines";
import { Row } from "./Row";
import classes from "./Shown.module.css";
import type { Searching } from "./useSearch";
import { type Bound, RULER } from "./useView";
import { EDGE } from "./view";

export function Shown(props: {
  lines: Lines;
  bound: Bound;
  label: string;
  wrap: boolean;
  times: "none" | "short" | "long";
  selected: number | undefined;
  cursor: number;
  search: Searching;
  highlight: RegExp | undefined;
  /** A block stands where the next letter would come. */
  caret: boolean;
  onChoose: ((line: number) => void) | undefined;
}): React.ReactNode {
  const { lines, bound, search, onChoose } = props;
  const { from, to, offset } = bound.view.range(lines);
  const rows: React.ReactNode[] = [];
  for (let at = from; at < to; at++) {
    const line = lines.at(at);
    if (!line) continue;
    rows.push(
      <Row
        key={at}
        line={line}
        position={at}
        times={props.times}
        selected={line.n === props.selected}
        cursor={at === props.cursor}
        pattern={search.pattern ?? props.highlight}
        current={search.hit?.position === at ? search.hit.nth : -1}
        linked={onChoose !== undefined}
      />,
    );
  }
  const digits = String(lines.at(lines.end - 1)?.n ?? 1).length;
  return (
    // A log, but a silent one: a thousand lines a second would be read out. The status beside it says what matters.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter does the same on the line j and k lead to
    <div
      ref={bound.scroller}
      className={classes.scroller}
      role="log"
      aria-live="off"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
      tabIndex={0}
      data-wrap={props.wrap || undefined}
      data-times={props.times}
      data-caret={(props.caret && to === lines.end && lines.settled < lines.end) || undefined}
      style={{ "--digits": Math.max(2, digits), "--widest": lines.widest } as React.CSSProperties}
      onScroll={bound.onScroll}
      onClick={onChoose && ((event) => chosen(event, onChoose))}
    >
      <div className={classes.whole} style={{ height: bound.view.total + 2 * EDGE }}>
        <div className={`${classes.line} ${classes.ruler}`} aria-hidden="true">
          <span className={classes.number} />
          {props.times !== "none" && <span className={classes.time} />}
          <span className={classes.text}>
            <span ref={bound.ruler}>{RULER}</span>
          </span>
        </div>
        <div className={classes.rows} style={{ transform: `translateY(${offset + EDGE}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}

function chosen(event: MouseEvent, onChoose: (line: number) => void): void {
  const button = event.target instanceof Element ? event.target.closest("button") : undefined;
  const row = button?.closest<HTMLElement>("[data-line]");
  if (row?.dataset.line) onChoose(Number(row.dataset.line));
}
