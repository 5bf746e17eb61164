/** What of a compared config is shown: changes with a little around them; the rest is folded under its section. */
import type { Row } from "./compare";

export type Shown =
  | { show: "row"; row: Row }
  /** The next rows stand in this section; `skipped` rows before them are folded. */
  | { show: "section"; name: string; skipped: number }
  | { show: "end"; skipped: number };

/** Unchanged rows kept on each side of a change. */
const AROUND = 2;

export function fold(rows: readonly Row[], whole = false): Shown[] {
  const kept = whole ? rows.map(() => true) : near(rows);
  const shown: Shown[] = [];
  let skipped = 0;
  let section = "";
  rows.forEach((row, index) => {
    if (!kept[index]) {
      skipped += 1;
      return;
    }
    if (skipped > 0 || row.line.section !== section) {
      shown.push({ show: "section", name: row.line.section, skipped });
    }
    section = row.line.section;
    skipped = 0;
    shown.push({ show: "row", row });
  });
  if (skipped > 0) shown.push({ show: "end", skipped });
  return shown;
}

/** A change keeps its neighbours of the same section. */
function near(rows: readonly Row[]): boolean[] {
  const kept = rows.map((row) => row.kind !== "same");
  rows.forEach((row, index) => {
    if (row.kind === "same") return;
    for (let at = index - AROUND; at <= index + AROUND; at++) {
      if (rows[at]?.line.section === row.line.section) kept[at] = true;
    }
  });
  return kept;
}
