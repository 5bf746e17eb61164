/** Lines: the sections as they are shown, and the way of the arrow keys through them. */
import type { Entry } from "./entry";
import type { Section, SectionId } from "./find";
import { shared } from "./share";

/** An entry, or the line that shows the rest of a section. */
export type Line = { key: string; entry: Entry } | { key: string; more: number; section: SectionId };

export interface ShownSection {
  id: SectionId;
  title: string;
  lines: Line[];
}

export interface Shown {
  sections: ShownSection[];
  /** All of them, as the arrow keys go. */
  lines: Line[];
  /** Entries shown, and found. */
  count: number;
  total: number;
}

/** `now` says of an entry what only this moment knows: why it cannot be done. */
export function shownOf(
  found: readonly Section[],
  opened: ReadonlySet<SectionId>,
  now: (entry: Entry) => Entry,
): Shown {
  const counts = shared(found, opened);
  const sections = found.map(({ id, title, entries, total }, i) => {
    const shown = entries.slice(0, counts[i]);
    const lines: Line[] = shown.map((entry) => ({ key: `${id}/${entry.key}`, entry: now(entry) }));
    // Showing one more line to say that there is one more would be silly.
    const more = total - shown.length;
    if (more > 0 && !opened.has(id)) lines.push({ key: `${id}/more`, more, section: id });
    return { id, title, lines };
  });
  return {
    sections,
    lines: sections.flatMap(({ lines }) => lines),
    count: counts.reduce((sum, count) => sum + count, 0),
    total: found.reduce((sum, { total }) => sum + total, 0),
  };
}

/** The line an arrow key leads to; over both ends. */
export function moved(lines: readonly Line[], from: string | undefined, by: number): string | undefined {
  if (lines.length === 0) return undefined;
  const at = lines.findIndex(({ key }) => key === from);
  return lines[(at + by + lines.length) % lines.length]?.key;
}
