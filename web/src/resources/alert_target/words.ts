/** Words: how a target stands, and what became of what was sent to it. */
import type { Schemas } from "~/api/types";
import type { Standing, Tone } from "~/kit/State";
import type { Known } from "../ui";

export type Target = Schemas["AlertTarget"];
export type DeliveryNote = Schemas["DeliveryNote"];

export const targetOf = (known: Known): Target => known.resource as unknown as Target;

const ENDS: Record<DeliveryNote["end"], { tone: Tone; word: string }> = {
  delivered: { tone: "ok", word: "Delivered" },
  failed: { tone: "bad", word: "Failed" },
  given_up: { tone: "bad", word: "Given up" },
  dropped: { tone: "off", word: "Dropped" },
};

export const endOf = (note: DeliveryNote): { tone: Tone; word: string } => ENDS[note.end];

export function standing(known: Known): Standing {
  const { state, reason } = targetOf(known).status;
  switch (state) {
    case "ok":
      return { tone: "ok", word: "Delivers" };
    case "failing":
      return { tone: "bad", word: "Failing", reason };
    case "new":
      return { tone: "off", word: "Not used yet" };
    default:
      return { tone: "off", word: "Off" };
  }
}

/** "3 wait: 1 to be sent, 2 for the end of quiet hours or a maintenance". */
export function waitingText({ waiting, waits }: { waiting: number; waits: string }): string {
  if (waiting === 0) return "";
  return `${waiting} ${waiting === 1 ? "waits" : "wait"}: ${waits}`;
}
