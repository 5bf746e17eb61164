/** Standings of a list: how each row stands, and how many stand how, for the top bar. */
import { useMemo } from "react";
import { remembered } from "~/kit/list/remembered";
import type { Standing, Tone } from "~/kit/State";
import type { Counted } from "~/kit/Tally";
import { uiOf } from "~/resources/registry";
import type { Known } from "~/resources/ui";
import { standingOf } from "./standing";

/** The standing of a row of this type, worked out once for each state of it. */
export function useStanding(type: string): (known: Known) => Standing {
  return useMemo(() => {
    const ui = uiOf(type);
    return remembered((known: Known) => standingOf(known, ui));
  }, [type]);
}

const WORDS: Partial<Record<Tone, string>> = { ok: "ok", warn: "need a look", bad: "in trouble" };
/** Said even if there are none: that all is well, and that nothing is wrong. */
const ALWAYS: readonly Tone[] = ["ok", "bad"];
/** What is at work or switched off on purpose is no news. */
const ORDER: readonly Tone[] = ["ok", "warn", "bad"];

/** One word where all that stand so say the same ("3 unhealthy"), else a general one. */
export function counted(standings: readonly Standing[]): Counted[] {
  const words = new Map<Tone, Map<string, number>>();
  for (const { tone, word } of standings) {
    const known = words.get(tone) ?? new Map<string, number>();
    known.set(word, (known.get(word) ?? 0) + 1);
    words.set(tone, known);
  }
  return ORDER.filter((tone) => words.has(tone) || ALWAYS.includes(tone)).map((tone) => {
    const of = words.get(tone) ?? new Map<string, number>();
    const count = [...of.values()].reduce((sum, each) => sum + each, 0);
    const [only] = of.keys();
    return { tone, count, word: of.size === 1 && only ? only.toLowerCase() : (WORDS[tone] ?? tone) };
  });
}
