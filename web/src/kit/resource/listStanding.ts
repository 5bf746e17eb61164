/** Standings of a list: how each row stands, and how many stand how, for the top bar. */
import { useMemo } from "react";
import { useSigns } from "~/kit/alert/useSigns";
import { remembered } from "~/kit/list/remembered";
import { type Standing, type Tone, worstTone } from "~/kit/State";
import type { Counted } from "~/kit/Tally";
import { uiOf } from "~/resources/registry";
import type { Known } from "~/resources/ui";
import { standingOf } from "./standing";

/** The standing of a row of this type with what it is alerted of, worked out once for each state of it. */
export function useStanding(type: string): (known: Known) => Standing {
  const { of } = useSigns();
  return useMemo(() => {
    const ui = uiOf(type);
    return remembered((known: Known) => {
      const standing = standingOf(known, ui);
      const alert = of.get(known.resource.id);
      return alert ? { ...standing, alert } : standing;
    });
  }, [type, of]);
}

const WORDS: Partial<Record<Tone, string>> = { ok: "ok", warn: "need a look", bad: "in trouble" };
/** Of what stands well but for its alerts. */
const ALERTED: Partial<Record<Tone, string>> = { warn: "warning", bad: "critical" };
/** Said even if there are none: that all is well, and that nothing is wrong. */
const ALWAYS: readonly Tone[] = ["ok", "bad"];
/** What is at work or switched off on purpose is no news. */
const ORDER: readonly Tone[] = ["ok", "warn", "bad"];

/** One word where all that stand so say the same ("3 unhealthy"), else a general one. */
export function counted(standings: readonly Standing[]): Counted[] {
  const words = new Map<Tone, Map<string, number>>();
  for (const standing of standings) {
    const tone = worstTone(standing);
    const word = tone === standing.tone ? standing.word : (ALERTED[tone] ?? standing.word);
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
