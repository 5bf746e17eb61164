/** ChartHead: the figures beside a chart's title: the newest, or those under the cross-hair. */
import { useSyncExternalStore } from "react";
import type { Hover } from "./hover";
import { type Mark, nearest } from "./mark";
import type { Line } from "./props";
import classes from "./TimeChart.module.css";

export function Head(props: {
  hover: Hover;
  /** The newest sample in sight. */
  last: number;
  series: readonly Line[];
  write: (value: number) => string;
  figure: React.ReactNode;
  note: React.ReactNode;
}): React.ReactNode {
  const { hover, last, series, write, figure, note } = props;
  const index = useSyncExternalStore(hover.watch, hover.read);
  if (index === null && figure !== undefined) {
    return (
      <span className={classes.figures}>
        <b>{figure}</b>
        {note && <span>{note}</span>}
      </span>
    );
  }
  return (
    <span className={classes.figures}>
      {series.map(({ label, values, second }) => {
        const value = values[index ?? last];
        return (
          <span key={label}>
            <b>{value === null || value === undefined ? "—" : write(value)}</b>
            {series.length > 1 && (
              <>
                <i className={classes.key} data-second={second || undefined} />
                <span className={classes.label}>{label}</span>
              </>
            )}
          </span>
        );
      })}
      {note && <span className="cut">{note}</span>}
    </span>
  );
}

/** What is marked where the cross-hair is. */
export function MarkLabel(props: {
  hover: Hover;
  at: readonly number[];
  span: number;
  marks: readonly Mark[];
}): React.ReactNode {
  const { hover, at, span, marks } = props;
  const index = useSyncExternalStore(hover.watch, hover.read);
  const time = index === null ? undefined : at[index];
  if (time === undefined) return null;
  return nearest(marks, time, span / 100)?.title;
}
