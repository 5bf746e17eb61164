/** Marks: what happened in the time that charts show, as a list that leads there: what the shapes on the axis stand for. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { MoreRow } from "~/kit/MoreRow";
import { Panel } from "~/kit/Panel";
import { span } from "~/kit/time";
import type { Range } from "./ChartGroup";
import classes from "./Marks.module.css";
import { type Mark, type MarkKind, within, withSearch } from "./mark";
import { instant } from "./ticks";

const SHOWN = 6;
const WORDS: Record<MarkKind, string> = {
  deploy: "Deploy",
  build: "Build",
  action: "Action",
  alert: "Alert",
};

export function Marks({ marks, range }: { marks: readonly Mark[]; range: Range }): React.ReactNode {
  const [all, show] = useState(false);
  const seen = within(marks, range);
  if (seen.length === 0) return null;
  const shown = all ? seen : seen.slice(0, SHOWN);
  return (
    <Panel title="What happened" note={`${seen.length}`} className={classes.panel}>
      <ol className={classes.list}>
        {shown.map((mark) => (
          <li key={`${mark.at} ${mark.href}`} data-tone={mark.tone}>
            <MarkShape kind={mark.kind} />
            <span className="unseen">{WORDS[mark.kind]}</span>
            <MarkLink mark={mark} />
            <time dateTime={new Date(mark.at * 1000).toISOString()}>
              {instant(mark.at, Math.max(range[1] - range[0], range[1] - mark.at))}
            </time>
            <span className={classes.lasted}>
              {mark.until === undefined ? "goes on" : `took ${span(mark.until - mark.at)}`}
            </span>
          </li>
        ))}
      </ol>
      <MoreRow more={seen.length - SHOWN} all={all} show={show} />
    </Panel>
  );
}

function MarkLink({ mark }: { mark: Mark }): React.ReactNode {
  if (!mark.href.startsWith("?"))
    return (
      <Link className="cut" to={mark.href} title={mark.title} dir="auto">
        {mark.title}
      </Link>
    );
  const search = (old: Record<string, unknown>) => withSearch(old, mark.href);
  return (
    <Link className="cut" to="." search={search as never} resetScroll={false} title={mark.title} dir="auto">
      {mark.title}
    </Link>
  );
}

/** As it is drawn on the axis. */
function MarkShape({ kind }: { kind: MarkKind }): React.ReactNode {
  return (
    <svg className={classes.shape} width={12} height={12} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[kind]}
    </svg>
  );
}

const SHAPES: Record<MarkKind, React.ReactNode> = {
  deploy: <path d="M6 1.2 10.8 6 6 10.8 1.2 6z" />,
  build: <rect x="2.5" y="2.5" width="7" height="7" />,
  action: <circle cx="6" cy="6" r="3.6" />,
  alert: <path d="M6 1.4 11 10.4H1z" />,
};
