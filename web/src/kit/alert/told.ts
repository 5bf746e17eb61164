/** Told: what became of each message about an alert, in words. Pure. */
import type { Schemas } from "~/api/types";
import type { Standing, Tone } from "~/kit/State";

export type Notification = Schemas["Notification"];

const WORDS: Record<Notification["state"], { tone: Tone; word: string }> = {
  waiting: { tone: "off", word: "Waits" },
  delivered: { tone: "ok", word: "Delivered" },
  failed: { tone: "bad", word: "Failed" },
  given_up: { tone: "bad", word: "Given up" },
  dropped: { tone: "off", word: "Dropped" },
};

export const becameOf = ({ state }: Notification): Standing => WORDS[state];

/** Why it says so: what it waits for, how often it was tried, that it came with others. */
export function whyOf({ state, held, kind, tries, stalled, error }: Notification): string {
  const said = [
    state === "waiting" && held === "quiet" && "for the end of quiet hours",
    state === "waiting" && held === "maintenance" && "for the end of a maintenance",
    state === "waiting" && !held && (stalled === 0 ? "for its turn" : standstill(stalled)),
    kind === "summary" && "with others",
    kind === "digest" && "in the digest",
    tries > 1 && `${tries} tries`,
    error,
  ];
  return said.filter(Boolean).join(", ");
}

const standstill = (tries: number): string =>
  `for the target, which took nothing in the last ${tries === 1 ? "try" : `${tries} tries`}`;
