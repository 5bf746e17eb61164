/** Meter: a share of a whole as a bar. */
import classes from "./Meter.module.css";
import type { Tone } from "./State";

export function Meter({
  value,
  tone,
  width,
}: {
  value: number;
  tone?: Tone | undefined;
  width?: number;
}): React.ReactNode {
  const style = {
    "--share": `${Math.max(0, Math.min(100, value))}%`,
    "--width": width ? `${width}px` : "auto",
  };
  return (
    <span
      className={classes.meter}
      data-tone={tone}
      style={style as React.CSSProperties}
      aria-hidden="true"
    />
  );
}
