/** JsonLine: one field of a JSON value: its key, its value, and a button where it folds. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import classes from "./JsonView.module.css";
import { type Line, written } from "./tree";

export function JsonLine(props: {
  line: Line;
  sought: string;
  /** Undefined where nothing folds. */
  toggle: ((path: string) => void) | undefined;
}): React.ReactNode {
  const { line, sought, toggle } = props;
  const text = written(line.value, line.size);
  const Chevron = line.open ? IconChevronDown : IconChevronRight;
  const body = (
    <>
      <span className={classes.key}>
        <Marked text={line.label} sought={sought} />
      </span>
      <span className={classes.value} data-kind={kindOf(line)} dir="auto">
        {!line.open && <Marked text={text} sought={line.size === undefined ? sought : ""} />}
      </span>
    </>
  );
  const style = { "--depth": line.depth } as React.CSSProperties;
  if (!line.size || !toggle)
    return (
      <div className={classes.line} style={style} data-path={line.path}>
        <span className={classes.gap} />
        {body}
      </div>
    );
  return (
    <button
      type="button"
      className={classes.line}
      style={style}
      data-path={line.path}
      aria-expanded={line.open}
      onClick={() => toggle(line.path)}
    >
      <Chevron size={14} stroke={1.5} aria-hidden="true" />
      {body}
    </button>
  );
}

function kindOf({ value, size }: Line): string {
  if (size !== undefined) return "inner";
  return value === null ? "null" : typeof value;
}

function Marked({ text, sought }: { text: string; sought: string }): React.ReactNode {
  const at = sought ? text.toLowerCase().indexOf(sought.toLowerCase()) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={classes.mark}>{text.slice(at, at + sought.length)}</mark>
      {text.slice(at + sought.length)}
    </>
  );
}
