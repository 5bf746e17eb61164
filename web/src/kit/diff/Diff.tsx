/** Diff: two versions of a config under each other: line numbers of both, − and +, what changed inside a line marked. */
import { useMemo } from "react";
import { compare, type Row } from "./compare";
import classes from "./Diff.module.css";
import { fold } from "./fold";
import type { Line } from "./line";
import { compareWords, type Part, shortened } from "./words";

export function Diff(props: {
  before: readonly Line[];
  after: readonly Line[];
  /** Every line; else only what changed, with a little around it. */
  whole?: boolean;
  label?: string;
}): React.ReactNode {
  const { before, after, whole = false, label = "Changes" } = props;
  const shown = useMemo(() => fold(compare(before, after), whole), [before, after, whole]);
  if (shown.every((one) => one.show === "end")) return <p className={classes.none}>Nothing changed.</p>;
  return (
    <ol className={classes.diff} aria-label={label}>
      {shown.map((one, index) => {
        if (one.show === "row") return <DiffRow key={index} row={one.row} />;
        if (one.show === "end") return <Fold key={index} text={unchanged(one.skipped)} folds />;
        return <Fold key={index} text={one.name || unchanged(one.skipped)} folds={one.skipped > 0} />;
      })}
    </ol>
  );
}

function unchanged(count: number): string {
  return count === 0 ? "" : `${count} unchanged`;
}

function Fold({ text, folds }: { text: string; folds: boolean }): React.ReactNode {
  if (!text) return null;
  return (
    <li className={classes.line} data-kind="section">
      <i />
      <i />
      <span className={classes.sign} aria-hidden="true">
        {folds ? "⋯" : ""}
      </span>
      <span className={classes.text}>{text}</span>
    </li>
  );
}

const SIGN = { same: "", gone: "−", new: "+" } as const;
const SAID = { same: "", gone: "Removed: ", new: "Added: " } as const;

function DiffRow({ row }: { row: Row }): React.ReactNode {
  const parts = useMemo(() => partsOf(row), [row]);
  return (
    <li className={classes.line} data-kind={row.kind}>
      <i>{row.before}</i>
      <i>{row.after}</i>
      <span className={classes.sign} aria-hidden="true">
        {SIGN[row.kind]}
      </span>
      <span className={classes.text} dir="auto">
        <span className="unseen">{SAID[row.kind]}</span>
        {parts.map((part, index) => (part.changed ? <mark key={index}>{part.text}</mark> : part.text))}
        {row.line.secret && <span className={classes.secret}>•••••••• {secretWords(row)}</span>}
      </span>
    </li>
  );
}

function partsOf({ kind, line, other }: Row): Part[] {
  if (!other || line.secret) return [shortened({ text: line.text, changed: false })];
  return kind === "gone"
    ? compareWords(line.text, other.text).before
    : compareWords(other.text, line.text).after;
}

function secretWords({ kind, other }: Row): string {
  if (kind === "same") return "secret, unchanged";
  if (kind === "gone") return "secret";
  return other?.secret ? "secret, changed" : "secret, new";
}
