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

/** "2 wait to be sent, 1 of them for the end of quiet hours or maintenance". */
export function waitingText(info: { waiting: number; held: number }): string {
  if (info.waiting === 0) return "";
  const held = info.held === 0 ? "" : `, ${info.held} of them for the end of quiet hours or maintenance`;
  return `${info.waiting} ${info.waiting === 1 ? "waits" : "wait"} to be sent${held}`;
}
