/** Waiting: rows in outline while the first snapshot is on the way, but not for the blink of an eye. */
import { useEffect, useRef, useState } from "react";
import { HEAD, heightOf } from "./Body";
import type { Column } from "./column";
import { CHECK, fitting, template } from "./fit";
import { useSize } from "./useSize";
import classes from "./Waiting.module.css";

const BLINK = 150;
const ROWS = 14;

export function Waiting<T>(props: {
  columns: readonly Column<T>[];
  phone: boolean;
  choosable: boolean;
}): React.ReactNode {
  const { columns, phone, choosable } = props;
  const [late, set] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => set(true), BLINK);
    return () => clearTimeout(timer);
  }, []);
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const shown = fitting(columns, width, choosable ? CHECK : 0);
  const tracks = phone ? "24px 1fr 64px" : template(shown, choosable ? `${CHECK}px` : "");
  const bars = phone ? 3 : shown.length + (choosable ? 1 : 0);
  return (
    <div
      ref={place}
      role="status"
      aria-label="Loading"
      className={classes.waiting}
      style={{ paddingTop: phone ? 0 : HEAD }}
    >
      {late &&
        Array.from({ length: ROWS }, (_, row) => (
          <div
            key={row}
            className={classes.row}
            style={{ height: heightOf(phone), gridTemplateColumns: tracks, opacity: 1 - row / ROWS }}
          >
            {Array.from({ length: bars }, (_, bar) => (
              <span key={bar} className={classes.cell}>
                <span className={classes.bar} style={{ width: `${lengthOf(row, bar)}%` }} />
              </span>
            ))}
          </div>
        ))}
    </div>
  );
}

/** As uneven as words are, the same each time. */
function lengthOf(row: number, bar: number): number {
  return bar === 0 ? 100 : 40 + ((row * 7 + bar * 13) % 5) * 10;
}
