/** Share: how many lines each section shows while none is asked to show all. */
import type { Section, SectionId } from "./find";

/** Lines that stand in the palette without scrolling. */
const LINES = 11;
/** What each section is sure of; what one leaves free goes to the others, in their order. */
const SURE: Record<SectionId, number> = { go: 5, run: 4, recent: 2 };
/** More than this in all sections together would be slow to show. */
const MOST = 60;

export function shared(sections: readonly Section[], opened: ReadonlySet<SectionId>): number[] {
  const counts = sections.map(({ id, entries }) =>
    Math.min(entries.length, opened.has(id) ? MOST : SURE[id]),
  );
  const sum = () => counts.reduce((total, count) => total + count, 0);
  let free = LINES - sum();
  sections.forEach(({ entries }, i) => {
    const more = Math.max(0, Math.min(free, entries.length - (counts[i] ?? 0)));
    counts[i] = (counts[i] ?? 0) + more;
    free -= more;
  });
  for (let i = counts.length - 1; i >= 0 && sum() > MOST; i--) {
    const id = sections[i]?.id ?? "go";
    counts[i] = Math.max(SURE[id], (counts[i] ?? 0) - (sum() - MOST));
  }
  return counts;
}
