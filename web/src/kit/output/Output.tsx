/** Output: the one viewer for what machines wrote, as it comes: 200,000 lines, of which those seen are in the page. */
import { useEffect, useRef, useState } from "react";
import { plural } from "~/kit/units";
import { Foot } from "./Foot";
import type { Source } from "./feed";
import { onKey } from "./keys";
import type { Lines } from "./lines";
import { Nothing } from "./Nothing";
import classes from "./Output.module.css";
import { useTimes, useWrap } from "./preferences";
import { SearchBar } from "./SearchBar";
import { Shown } from "./Shown";
import { useSearch } from "./useSearch";
import { useView } from "./useView";

export interface OutputProps {
  source: Source;
  /** Names the region: "Output of pull". */
  label: string;
  /** The line the address names, and what to do when another is chosen; without it numbers are no links. */
  line?: number | undefined;
  onLine?: ((line: number | undefined) => void) | undefined;
  /** Name of the file it is downloaded as, without its end. */
  name: string;
  /** Where it is downloaded from by the browser itself: what is as large as a log. */
  href?: string | undefined;
  /** Marked in each line while nothing is searched for. */
  highlight?: RegExp | undefined;
  /** Where all of it comes from, if more than is held here. */
  whole?: (() => Promise<string>) | undefined;
  /** Times without the hour: for what takes minutes. */
  brief?: boolean;
  /** Without a frame of its own: inside a panel. */
  bare?: boolean;
  className?: string | undefined;
}

export function Output(props: OutputProps): React.ReactNode {
  const { source, label, line } = props;
  const { lines, state, problem } = source;
  const [wrap, setWrap] = useWrap();
  const [times, setTimes] = useTimes();
  const [searching, setSearching] = useState(false);
  const [full, setFull] = useState(false);
  const [cursor, setCursor] = useState(-1);
  const bound = useView(lines, wrap, line === undefined);
  const { view, redraw } = bound;
  const show = (position: number) => {
    view.show(position);
    redraw();
  };
  const search = useSearch(lines, () => view.first, show);
  useLinkedLine(lines, line, show);

  const closeSearch = () => {
    setSearching(false);
    search.ask({ text: "", regex: false });
    bound.scroller.current?.focus({ preventScroll: true });
  };
  const moveTo = (position: number) => {
    setCursor(position);
    view.reveal(position);
    redraw();
  };
  const follow = () => {
    view.follow();
    redraw();
  };
  const pause = () => {
    view.pause();
    redraw();
  };
  const choose = (n: number) => props.onLine?.(n === line ? undefined : n);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole viewer, its search field included
    <div
      className={`${classes.output} ${props.className ?? ""}`}
      data-bare={props.bare || undefined}
      data-full={full || undefined}
      onKeyDown={(event) =>
        onKey(event, {
          search: () => setSearching(true),
          close: searching ? closeSearch : full ? () => setFull(false) : undefined,
          step: search.step,
          move: (by) => moveTo(next(cursor, by, lines, view.first)),
          choose: () => {
            const at = lines.at(cursor);
            if (at && props.onLine) choose(at.n);
          },
          follow: view.following ? pause : follow,
        })
      }
    >
      {searching && <SearchBar search={search} onClose={closeSearch} />}
      {lines.dropped > 0 && (
        <p className={classes.dropped}>
          {plural(lines.dropped, "older line")} no longer held here
          {props.whole ? "; the download has all" : ""}
        </p>
      )}
      <div className={classes.frame}>
        <Shown
          lines={lines}
          bound={bound}
          label={label}
          wrap={wrap}
          times={times ? (props.brief ? "short" : "long") : "none"}
          selected={line}
          cursor={cursor}
          search={search}
          highlight={props.highlight}
          caret={state === "open"}
          onChoose={props.onLine ? choose : undefined}
        />
        {lines.end === 0 && <Nothing state={state} problem={problem} />}
        {!view.following && !view.atEnd && (
          <button type="button" className={classes.newer} onClick={follow}>
            ↓{" "}
            {state === "open" && view.missed(lines) > 0
              ? plural(view.missed(lines), "new line")
              : "To the end"}
          </button>
        )}
      </div>
      <Foot
        source={source}
        following={view.following}
        onFollow={view.following ? pause : follow}
        full={full}
        onFull={() => setFull(!full)}
        wrap={wrap}
        onWrap={setWrap}
        times={times}
        onTimes={setTimes}
        onSearch={() => setSearching(true)}
        name={props.name}
        whole={props.whole}
        href={props.href}
      />
      <span className="unseen" role="status">
        {lines.at(cursor)?.text ?? ""}
      </span>
    </div>
  );
}

/** Scrolls to the line of the address once it has come. */
function useLinkedLine(lines: Lines, line: number | undefined, show: (position: number) => void): void {
  const shown = useRef<number>(undefined);
  useEffect(() => {
    if (line === undefined) shown.current = undefined;
    if (line === undefined || shown.current === line) return;
    const position = lines.find(line);
    if (lines.at(position)?.n !== line) return;
    shown.current = line;
    show(position);
  });
}

function next(cursor: number, by: 1 | -1, lines: Lines, first: number): number {
  const from = cursor < lines.dropped ? first - by : cursor;
  return Math.max(lines.dropped, Math.min(lines.end - 1, from + by));
}
