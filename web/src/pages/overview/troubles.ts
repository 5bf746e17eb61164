/** Troubles: what is wrong, worst first, in an order that holds still; and the rest, which is well. Pure. */
import type { Standing, Tone } from "~/kit/State";
import type { Known, Trouble } from "~/resources/ui";
import type { World } from "./scope";

export interface Placed {
  trouble: Trouble;
  known: Known;
}

export function troublesOf(world: World, of: (type: string, known: Known) => readonly Trouble[]): Placed[] {
  return [...world].flatMap(([type, knowns]) =>
    knowns.flatMap((known) => of(type, known).map((trouble) => ({ trouble, known }))),
  );
}

const WEIGHT: Record<Tone, number> = { bad: 0, warn: 1, busy: 2, off: 3, ok: 4 };

/**
 * What is wrong now comes before what went wrong once and left all running; then by tone, of equals what does not work
 * before what a figure says of the days to come, and what people were alerted of. What somebody has acknowledged comes
 * last: it is in hands.
 */
function weightOf({ trouble, known }: Placed): number {
  const past = isPast(trouble, known) ? 40 : 0;
  const taken = trouble.alert?.acknowledgedBy ? 80 : 0;
  return past + taken + 4 * WEIGHT[trouble.tone] + (trouble.looms ? 2 : 0) + (trouble.alert ? 0 : 1);
}

/** It tells of an action that has ended. */
export function isPast(trouble: Trouble, known: Known): boolean {
  return trouble.steps.some(
    (step) => step.kind === "watch" && known.runs.some((run) => run.activity === step.activity),
  );
}

/**
 * Worst first, and of equals the newest. Those that were there keep their places among each other, and `held` (a
 * pointer is over them) all of them: what is new then comes last.
 */
export function inOrder(found: readonly Placed[], before: readonly string[], held: boolean): Placed[] {
  const place = new Map(before.map((id, index) => [id, index]));
  const rank = ({ trouble }: Placed) => place.get(trouble.id) ?? (held ? before.length : -1);
  return [...found].sort(
    (a, b) =>
      (held ? rank(a) - rank(b) : 0) ||
      weightOf(a) - weightOf(b) ||
      rank(a) - rank(b) ||
      ageOf(b) - ageOf(a) ||
      (a.trouble.id < b.trouble.id ? -1 : 1),
  );
}

/** When it began; 0 where nobody knows, which is long ago. */
function ageOf({ trouble }: Placed): number {
  return trouble.since ? Date.parse(trouble.since) : 0;
}

/** A trouble and when it was true last (ms since the epoch). */
export interface Seen {
  placed: Placed;
  at: number;
}

/** What is wrong, and what was until less than `linger` ms ago; `until`: when the next of those goes. */
export function lingering(
  found: readonly Placed[],
  world: World,
  seen: ReadonlyMap<string, Seen>,
  now: number,
  linger: number,
): { there: Placed[]; seen: ReadonlyMap<string, Seen>; until: number | undefined } {
  const next = new Map(found.map((placed) => [placed.trouble.id, { placed, at: now }]));
  let until: number | undefined;
  for (const [id, { placed, at }] of seen) {
    if (next.has(id) || now - at >= linger) continue;
    const known = world
      .get(placed.trouble.type)
      ?.find(({ resource }) => resource.id === placed.known.resource.id);
    if (!known) continue;
    next.set(id, { placed: { trouble: placed.trouble, known }, at });
    until = Math.min(until ?? Number.POSITIVE_INFINITY, at + linger);
  }
  return { there: [...next.values()].map(({ placed }) => placed), seen: next, until };
}

export interface Calm {
  /** Of each type, how many are well. */
  well: { type: string; count: number }[];
  /** What is neither well nor in trouble, by its word: stopped on purpose, waiting, unknown. */
  aside: { word: string; count: number }[];
}

export function calmOf(
  world: World,
  troubles: readonly Placed[],
  standing: (type: string, known: Known) => Standing,
): Calm {
  const troubled = new Set(troubles.map(({ known }) => known.resource.id));
  const aside = new Map<string, number>();
  const well = [...world].map(([type, knowns]) => {
    let count = 0;
    for (const known of knowns) {
      if (troubled.has(known.resource.id)) continue;
      const { tone, word } = standing(type, known);
      if (tone === "ok" || tone === "busy") count += 1;
      else aside.set(word, (aside.get(word) ?? 0) + 1);
    }
    return { type, count };
  });
  return {
    well: well.filter(({ count }) => count > 0),
    aside: [...aside].map(([word, count]) => ({ word, count })).sort((a, b) => b.count - a.count),
  };
}
