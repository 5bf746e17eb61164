/** Row: one line of output, its number and time beside it; what a machine wrote is only ever text. */
import { memo } from "react";
import { timeOf } from "./clock";
import { styleOf } from "./colour";
import { plain, spans } from "./control";
import type { Line } from "./lines";
import { marked } from "./marks";
import classes from "./Shown.module.css";
import { ranges } from "./search";

export interface RowProps {
  line: Line;
  position: number;
  /** Shown at all, and with the hour. */
  times: "none" | "short" | "long";
  /** The line the address names. */
  selected: boolean;
  /** Where the keyboard is. */
  cursor: boolean;
  /** What is searched for, and which match of this line is the current one. */
  pattern: RegExp | undefined;
  current: number;
  /** A click on the number makes a link. */
  linked: boolean;
}

export const Row = memo(function Row(props: RowProps): React.ReactNode {
  const { line, times } = props;
  return (
    <div
      className={classes.line}
      data-line={line.n}
      data-stream={line.stream}
      data-position={props.position}
      data-selected={props.selected || undefined}
      data-cursor={props.cursor || undefined}
    >
      {props.linked ? (
        <button type="button" className={classes.number} tabIndex={-1} aria-label={`Link to line ${line.n}`}>
          {line.n}
        </button>
      ) : (
        <span className={classes.number}>{line.n}</span>
      )}
      {times !== "none" && <span className={classes.time}>{line.at > 0 && timeOf(line.at, times)}</span>}
      <span className={classes.text} dir="auto">
        {content(props)}
      </span>
    </div>
  );
});

function content({ line, pattern, current }: RowProps): React.ReactNode {
  const found = pattern ? ranges(plain(line.text), pattern) : [];
  // Most lines have neither colour nor match: one text node.
  if (found.length === 0 && !line.text.includes("\x1b")) {
    const style = styleOf(line.style);
    return style ? <span style={style}>{line.text}</span> : line.text;
  }
  return marked(spans(line.text, line.style), found).map((part, index) => {
    const style = styleOf(part.style);
    if (part.match < 0) {
      return style ? (
        <span key={index} style={style}>
          {part.text}
        </span>
      ) : (
        part.text
      );
    }
    return (
      <mark key={index} className={classes.mark} data-current={part.match === current || undefined}>
        {part.text}
      </mark>
    );
  });
}
