/** Outcome: how an activity came out, in one line: what it did, what it changed, or why it did not. */
import type { Activity } from "~/api/types";

export function outcomeOf({ error, summary }: Activity): string {
  return error ? (error.split("\n", 1)[0] ?? "") : summary;
}

/** What is left of a text behind a word that is said before it: `in step build` of `cancelled in step build`. */
export function behind(word: string, text: string): string {
  return text.toLowerCase().startsWith(`${word.toLowerCase()} `) ? text.slice(word.length + 1) : text;
}

/** `stop timeout 10 → 30, environment` of an edit; only the names of what something new began with. */
export function changesOf(activity: Activity, detail: (activity: Activity) => string): string {
  const { changes } = activity;
  if (!activity.operation.endsWith(".create"))
    return detail({ ...activity, error: "", summary: "", started: null });
  return changes.map(({ field }) => field.replace(/^config\./, "").replaceAll("_", " ")).join(", ");
}
