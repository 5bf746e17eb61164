/** What a chart over time is given. */
import type { Level, Stretch } from "./levels";
import type { Mark } from "./mark";
import type { Unit } from "./scale";
import type { Values } from "./summary";

export interface Line {
  label: string;
  values: Values;
  /** The least and the greatest figure behind each value, where it is a mean: drawn as a band. */
  low?: Values | undefined;
  high?: Values | undefined;
  /** Drawn grey, behind the first. */
  second?: boolean;
  stroke?: number;
  thin?: boolean;
}

export interface TimeChartProps {
  title: string;
  /** Seconds since the epoch, ascending; one for each value. */
  at: readonly number[];
  series: readonly Line[];
  unit: Unit;
  /** What a full one is; without it the highest value decides. */
  max?: number | undefined;
  /** How a figure in the head is written; by default in the chart's unit. */
  format?: (value: number) => string;
  /** Shown in the head instead of the newest value. */
  figure?: React.ReactNode;
  /** After the figures, instead of the unit's word: `of 16 cores`. */
  note?: React.ReactNode;
  marks?: readonly Mark[];
  /** Lines across: from where on it is bad. */
  levels?: readonly Level[];
  /** Times in which something was so. */
  stretches?: readonly Stretch[];
  /** Seconds up to the newest sample; all of them by default. */
  window?: number;
  /** Of the plot, without its axis; more where the panel is higher. */
  height?: number;
  /** Name only the two ends of the axis: how long ago, and now. */
  ends?: boolean;
  /** Samples are still on their way. */
  loading?: boolean;
}
