/** Waiting: rows in outline while the first snapshot is on the way, but not for the blink of an eye. */
import { useEffect, useState } from "react";
import { PHONE_ROW, ROW } from "./Body";
import type { Column } from "./column";
import { CHECK, template } from "./fit";
import classes from "./Waiting.module.css";

const BLINK = 150;
const ROWS = 14;

export function Waiting<T>(props: {
  columns: readonly Column<T>[];
  phone: boolean;
  choosable: boolean;
}): React.ReactNode {
  const [late, set] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => set(true), BLINK);
    return () => clearTimeout(timer);
  }, []);
  const { columns, phone } = props;
  if (!late) return <div role="status" aria-label="Loading" />;
  const tracks = phone ? "14px 1fr 60px" : template(columns, props.choosable ? `${CHECK}px` : "");
  const bars = phone ? 3 : columns.length + (props.choosable ? 1 : 0);
  return (
    <div role="status" aria-label="Loading" className={classes.waiting}>
      {Array.from({ length: ROWS }, (_, row) => (
        <div
          key={row}
          className={classes.row}
          style={{ height: phone ? PHONE_ROW : ROW, gridTemplateColumns: tracks, opacity: 1 - row / ROWS }}
        >
          {Array.from({ length: bars }, (_, bar) => (
            <span
              key={bar}
              className={classes.bar}
              style={{ width: `${40 + ((row * 7 + bar * 13) % 5) * 10}%` }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
