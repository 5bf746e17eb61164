/** ManyChart: one figure of many, each a line with a pattern of its own; the legend says which is which, in words. */
import { lazy, Suspense, useId, useMemo, useState, useSyncExternalStore } from "react";
import { Panel } from "~/kit/Panel";
import { type Range, useGroup } from "./ChartGroup";
import { Hover } from "./hover";
import { KEYS_HINT } from "./keyed";
import classes from "./ManyChart.module.css";
import type { Line } from "./props";
import type { Unit } from "./scale";
import { strokeOf } from "./strokes";
import { type Figures, inText } from "./summary";
import { instant } from "./ticks";
import { shownOf } from "./useShown";

const PlotView = lazy(async () => ({ default: (await import("./PlotView")).PlotView }));
const NO_MARKS = [] as const;

export function ManyChart(props: {
  title: string;
  unit: Unit;
  max?: number | undefined;
  at: readonly number[];
  /** The same array as long as nothing in it changes. */
  series: readonly Line[];
  range: Range;
  loading: boolean;
}): React.ReactNode {
  const { title, unit, max, at, series, range, loading } = props;
  const group = useGroup();
  const [hover] = useState(() => new Hover());
  const described = useId();
  const shown = useMemo(
    () => shownOf({ at, series, unit, max }, range, NO_MARKS, false),
    [at, series, unit, max, range],
  );
  const { scale, figures } = shown;
  const worded = (value: number) => (scale.word ? `${scale.write(value)} ${scale.word}` : scale.write(value));
  const span = range[1] - range[0];
  const say = (index: number): string => {
    const time = at[index];
    if (time === undefined) return "no samples";
    const parts = series.map(({ label, values }) => `${label} ${written(values[index], worded)}`);
    return [...parts, instant(time, span)].join(", ");
  };
  return (
    <Panel title={title} note={scale.word} className={classes.chart}>
      <div className={classes.place} data-loading={loading || undefined}>
        <div className={classes.box}>
          {at.length > 0 && (
            <Suspense>
              <PlotView
                shown={shown}
                group={group}
                hover={hover}
                label={`${title} over time`}
                described={described}
                say={say}
                onMark={nothing}
              />
            </Suspense>
          )}
          {at.length === 0 && !loading && <p className={classes.empty}>No figures from this time</p>}
        </div>
      </div>
      <p id={described} className="unseen">
        {inText(title, span, figures, worded)} {KEYS_HINT}
      </p>
      <Legend hover={hover} series={series} figures={figures} write={scale.write} />
    </Panel>
  );
}

function nothing(): void {}

function Legend(props: {
  hover: Hover;
  series: readonly Line[];
  figures: readonly { figures: Figures | undefined }[];
  write: (value: number) => string;
}): React.ReactNode {
  const { hover, series, figures, write } = props;
  const index = useSyncExternalStore(hover.watch, hover.read);
  return (
    <ul className={classes.legend} aria-label={index === null ? "On average" : "At the cross-hair"}>
      {series.map(({ label, values, stroke = 0, thin }, i) => (
        <li key={label}>
          <Pattern stroke={stroke} thin={thin === true} />
          <span className="cut" title={label}>
            {label}
          </span>
          <b>{index === null ? written(figures[i]?.figures?.avg, write) : written(values[index], write)}</b>
        </li>
      ))}
    </ul>
  );
}

/** As the line is drawn. */
function Pattern({ stroke, thin }: { stroke: number; thin: boolean }): React.ReactNode {
  const { dash, ink } = strokeOf(stroke);
  return (
    <svg width={34} height={8} aria-hidden="true" className={classes.pattern} data-ink={thin ? "grey" : ink}>
      <line x1={0} x2={34} y1={4} y2={4} strokeWidth={thin ? 1 : 2} strokeDasharray={dash.join(" ")} />
    </svg>
  );
}

function written(value: number | null | undefined, write: (value: number) => string): string {
  return value === null || value === undefined ? "—" : write(value);
}
