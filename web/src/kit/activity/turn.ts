/** Turn: where a queued activity stands in its line, in words. */
import type { Activity } from "~/api/types";

/** Name of a server the viewer may see. */
export type ServerName = (id: string) => string | undefined;

/** "3rd of 5 on builder-1"; empty for what stands in no line. */
export function turnWords({ turn }: Activity, server: ServerName): string {
  if (!turn) return "";
  return `${ordinal(turn.place)} of ${turn.waiting} ${lineOf(turn.lane, server(turn.id))}`;
}

function lineOf(lane: string, server: string | undefined): string {
  switch (lane) {
    case "builder":
      return `on ${server ?? "its builder"}`;
    case "source":
      return "of its source";
    case "redeploy":
      return "of its build’s redeploys";
    default:
      return "in line";
  }
}

/** 1st, 12th, 23rd. */
export function ordinal(number: number): string {
  if (number % 100 >= 11 && number % 100 <= 13) return `${number}th`;
  return `${number}${{ 1: "st", 2: "nd", 3: "rd" }[number % 10] ?? "th"}`;
}
