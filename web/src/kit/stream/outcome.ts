/** Outcome: how an activity came out, in one line: what it did, what it changed, or why it did not. */
import type { Activity } from "~/api/types";

export function outcomeOf({ error, summary }: Activity): string {
  return error ? (error.split("\n", 1)[0] ?? "") : summary;
}

/** `stop timeout 10 → 30, environment` of an edit; only the names of what something new began with. */
export function changesOf(activity: Activity, detail: (activity: Activity) => string): string {
  const { changes } = activity;
  if (!activity.operation.endsWith(".create"))
    return detail({ ...activity, error: "", summary: "", started: null });
  return changes.map(({ field }) => field.replace(/^config\./, "").replaceAll("_", " ")).join(", ");
}
