/** TimeChart: figures over time in a panel; the newest in the head, or the one under the cross-hair. */
import { lazy, Suspense, useId, useState } from "react";
import { Panel } from "~/kit/Panel";
import { useGroup } from "./ChartGroup";
import { Head, MarkLabel } from "./ChartHead";
import { Hover } from "./hover";
import { KEYS_HINT } from "./keyed";
import { type Mark, nearest } from "./mark";
import type { TimeChartProps } from "./props";
import { indexOf, inText } from "./summary";
import classes from "./TimeChart.module.css";
import { instant } from "./ticks";
import { useFollow } from "./useFollow";
import { useShown } from "./useShown";

const PlotView = lazy(async () => ({ default: (await import("./PlotView")).PlotView }));

const NO_MARKS: readonly Mark[] = [];

export function TimeChart(props: TimeChartProps): React.ReactNode {
  const { title, at, series, marks = NO_MARKS, height = 94, ends = false, loading = false } = props;
  const group = useGroup();
  const [hover] = useState(() => new Hover());
  const described = useId();
  const follow = useFollow();
  const shown = useShown(props, group.zoom, marks, ends);
  const { scale, range, figures } = shown;
  const write = props.format ?? scale.write;
  const worded = (value: number) =>
    scale.word && !props.format ? `${write(value)} ${scale.word}` : write(value);
  const span = range[1] - range[0];

  const say = (index: number): string => {
    const time = at[index];
    if (time === undefined) return "no samples";
    const parts = series.map(({ label, values }) => {
      const value = values[index];
      const text = value === null || value === undefined ? "no sample" : worded(value);
      return series.length > 1 ? `${label} ${text}` : text;
    });
    const mark = nearest(marks, time, span / 100);
    return [...parts, instant(time, span), ...(mark ? [mark.title] : [])].join(", ");
  };

  return (
    <Panel
      title={title}
      className={classes.chart}
      note={<MarkLabel hover={hover} at={at} span={span} marks={marks} />}
      end={
        <>
          <Head
            hover={hover}
            last={group.zoom ? indexOf(at, range[1] + 0.001) - 1 : at.length - 1}
            series={series}
            write={write}
            figure={props.figure}
            note={props.note ?? (at.length > 0 && scale.word)}
          />
          {/* Last, where it stays: what the head says changes when the chart loses the focus to it. */}
          {group.zoom && !group.barred && (
            <button type="button" className={classes.out} onClick={() => group.setZoom(undefined)}>
              Zoom out
            </button>
          )}
        </>
      }
    >
      <div className={classes.place} style={{ "--plot": `${height}px` } as React.CSSProperties}>
        <div className={classes.box}>
          {at.length > 0 ? (
            <Suspense fallback={<Skeleton loading />}>
              <PlotView
                shown={shown}
                group={group}
                hover={hover}
                label={`${title} over time`}
                described={described}
                say={say}
                onMark={follow}
              />
            </Suspense>
          ) : (
            <Skeleton loading={loading} />
          )}
        </div>
        <p id={described} className="unseen">
          {inText(title, span, figures, worded)} {KEYS_HINT}
        </p>
      </div>
    </Panel>
  );
}

function Skeleton({ loading }: { loading: boolean }): React.ReactNode {
  return (
    <div className={classes.skeleton} data-loading={loading || undefined}>
      {!loading && <span className="faint small">No samples yet</span>}
    </div>
  );
}
