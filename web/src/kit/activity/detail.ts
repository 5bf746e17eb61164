/** Detail: the second line about an activity: where it is, why it failed, what it changed. */
import type { Activity, TypeInfo } from "~/api/types";
import { took } from "~/kit/time";
import { batchOf, leads } from "./batch";
import { stepTitle } from "./steps";
import { type ServerName, turnWords } from "./turn";
import { type Find, waitsFor } from "./waiting";

/** Longest value of a change that is shown in a line. */
const VALUE = 24;
const MOST_CHANGES = 3;

/** `find` knows other activities by id: what this one may wait for; `server` the servers the viewer may see. */
export function activityDetail(
  activity: Activity,
  types: readonly TypeInfo[],
  find: Find,
  server: ServerName = () => undefined,
): string {
  if (activity.state === "queued") {
    const waits = `waits for ${waitsFor(activity, types, find)}`;
    return [turnWords(activity, server), waits].filter(Boolean).join(", ");
  }
  if (activity.state === "running") {
    const step = activity.steps.at(-1);
    if (activity.cancel_requested) return "cancelling";
    if (batchOf(activity) || leads(activity)) return "one after the other";
    return step ? stepTitle(types, activity.operation, step.name) : "starting";
  }
  const facts: string[] = [];
  if (activity.error) facts.push(activity.error.split("\n", 1)[0] ?? "");
  else if (activity.changes.length > 0) facts.push(changed(activity));
  else if (activity.summary) facts.push(activity.summary);
  const length = secondsOf(activity);
  if (length >= 0.05) facts.push(took(length));
  return facts.join(" · ");
}

/** From its start to its end. */
export function secondsOf(activity: Activity): number {
  if (!activity.started || !activity.ended) return 0;
  return Math.max(0, (Date.parse(activity.ended) - Date.parse(activity.started)) / 1000);
}

function changed({ changes }: Activity): string {
  const told = changes.slice(0, MOST_CHANGES).map(({ field, before, after }) => {
    const name = field.replace(/^config\./, "");
    const [old, now] = [short(before), short(after)];
    return old && now ? `${name} ${old} → ${now}` : name;
  });
  const more = changes.length - told.length;
  return told.join(", ") + (more > 0 ? `, ${more} more` : "");
}

/** A plain value; empty for a list or one that is too long to stand in a line. */
function short(json: string): string {
  if (json === "null" || json === '""') return "nothing";
  const text = json.startsWith('"') && json.endsWith('"') ? json.slice(1, -1) : json;
  return text.length <= VALUE && !/^[[{]/.test(text) ? text : "";
}
