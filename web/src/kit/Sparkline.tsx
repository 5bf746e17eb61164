/** Sparkline: the shape of a figure over time, in a row; null is a gap. */

import classes from "./Sparkline.module.css";
import type { Tone } from "./State";

export function Sparkline(props: {
  values: readonly (number | null)[];
  /** Value at the top; the largest one by default. */
  max?: number;
  width?: number;
  height?: number;
  tone?: Tone | undefined;
}): React.ReactNode {
  const { values, width = 64, height = 18, tone } = props;
  const max = props.max ?? Math.max(1e-9, ...values.map((v) => v ?? 0));
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number) => height - 1 - (Math.min(value, max) / max) * (height - 2);
  const lines: string[] = [];
  const areas: string[] = [];
  for (const [from, to] of stretches(values)) {
    const points = values
      .slice(from, to)
      .map((v, i) => `${((from + i) * step).toFixed(1)} ${y(v ?? 0).toFixed(1)}`);
    lines.push(`M${points.join("L")}`);
    areas.push(
      `M${(from * step).toFixed(1)} ${height}L${points.join("L")}L${((to - 1) * step).toFixed(1)} ${height}Z`,
    );
  }
  return (
    <svg className={classes.spark} data-tone={tone} width={width} height={height} aria-hidden="true">
      <path className={classes.area} d={areas.join("")} />
      <path className={classes.line} d={lines.join("")} />
    </svg>
  );
}

/** [from, to) of each run of values without a gap. */
function stretches(values: readonly (number | null)[]): [number, number][] {
  const found: [number, number][] = [];
  let from = -1;
  for (let i = 0; i <= values.length; i++) {
    const there = i < values.length && values[i] !== null && values[i] !== undefined;
    if (there && from < 0) from = i;
    if (!there && from >= 0) {
      found.push([from, i]);
      from = -1;
    }
  }
  return found;
}
