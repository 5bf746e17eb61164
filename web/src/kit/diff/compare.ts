/** Two lists of lines compared: what was taken away, what came, what stayed, each with its line numbers. */
import { type Line, sameLine } from "./line";

export interface Row {
  kind: "same" | "gone" | "new";
  line: Line;
  /** Line numbers before and after, counted from 1. */
  before?: number;
  after?: number;
  /** The other version of a changed line. */
  other?: Line;
}

export function compare(before: readonly Line[], after: readonly Line[]): Row[] {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const rows: Row[] = before
    .slice(0, head)
    .map((line, i) => ({ kind: "same", line, before: i + 1, after: i + 1 }));
  const [left, right] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  rows.push(...middle(left, right, head));
  for (let i = tail; i > 0; i--) {
    const [a, b] = [before.length - i, after.length - i];
    const line = after[b];
    if (line) rows.push({ kind: "same", line, before: a + 1, after: b + 1 });
  }
  return rows;
}

/** How many lines differ: a changed line counts once. */
export function changes(rows: readonly Row[]): number {
  return rows.filter((row) => row.kind === "new" || (row.kind === "gone" && !row.other)).length;
}

function commonHead(a: readonly Line[], b: readonly Line[]): number {
  let at = 0;
  while (at < a.length && at < b.length && sameAt(a, b, at, at)) at += 1;
  return at;
}

function commonTail(a: readonly Line[], b: readonly Line[], head: number): number {
  let count = 0;
  const most = Math.min(a.length, b.length) - head;
  while (count < most && sameAt(a, b, a.length - 1 - count, b.length - 1 - count)) count += 1;
  return count;
}

function sameAt(a: readonly Line[], b: readonly Line[], i: number, j: number): boolean {
  const [left, right] = [a[i], b[j]];
  return left !== undefined && right !== undefined && sameLine(left, right);
}

/** More cells than this are not compared line by line: no config is so long. */
const MOST = 9_000_000;

function middle(a: readonly Line[], b: readonly Line[], offset: number): Row[] {
  const width = b.length + 1;
  if ((a.length + 1) * width > MOST) return paired(whole(a, "gone", offset), whole(b, "new", offset));
  // How long the longest common run of lines from (i, j) to the end is.
  const run = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => run[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      run[i * width + j] = sameAt(a, b, i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: Row[] = [];
  let gone: Row[] = [];
  let came: Row[] = [];
  const flush = () => {
    rows.push(...paired(gone, came));
    [gone, came] = [[], []];
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left && right && sameLine(left, right)) {
      flush();
      rows.push({ kind: "same", line: right, before: offset + ++i, after: offset + ++j });
    } else if (left && (!right || at(i + 1, j) >= at(i, j + 1))) {
      gone.push({ kind: "gone", line: left, before: offset + ++i });
    } else if (right) came.push({ kind: "new", line: right, after: offset + ++j });
  }
  flush();
  return rows;
}

function whole(lines: readonly Line[], kind: "gone" | "new", offset: number): Row[] {
  return lines.map((line, i) => ({ kind, line, [kind === "gone" ? "before" : "after"]: offset + i + 1 }));
}

/** A line and its newer version stand under each other; what went for good stands before what came. */
function paired(gone: readonly Row[], came: readonly Row[]): Row[] {
  const rows: Row[] = [];
  const left = new Map(gone.map((row) => [row.line.key, row]));
  const coming = new Set(came.map((row) => row.line.key));
  for (const row of came) {
    const old = left.get(row.line.key);
    for (const [key, before] of left) {
      if (old ? key === row.line.key : coming.has(key)) break;
      rows.push(before);
      left.delete(key);
    }
    left.delete(row.line.key);
    if (old) rows.push({ ...old, other: row.line }, { ...row, other: old.line });
    else rows.push(row);
  }
  return [...rows, ...left.values()];
}
