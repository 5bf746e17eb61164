/** Story: what happened to an alert, moment by moment. Pure. */
import type { Tone } from "~/kit/State";
import { type Alert, severityWord, toneOf } from "./alert";

type Change = Alert["moments"][number]["change"];

export interface Moment {
  at: string;
  tone: Tone;
  text: string;
}

const WORDS: Record<Change, { tone: Tone; text: string }> = {
  opened: { tone: "warn", text: "Opened" },
  worse: { tone: "bad", text: "Became critical" },
  better: { tone: "warn", text: "Became a warning" },
  repeated: { tone: "warn", text: "Told again: still so" },
  flapping: { tone: "warn", text: "Flaps: comes and goes" },
  resolved: { tone: "ok", text: "Resolved" },
};

const NOT_GOOD = new Set<Change>(["opened", "repeated", "flapping"]);

/** Oldest first. */
export function storyOf(alert: Alert): Moment[] {
  // Of one that became neither worse nor better it is known as what it opened.
  const same = !alert.moments.some(({ change }) => change === "worse" || change === "better");
  const told = alert.moments.map(({ at, change }) => ({
    at,
    ...WORDS[change],
    ...(same && NOT_GOOD.has(change) && { tone: toneOf(alert) }),
  }));
  const found: Moment[] = [{ at: alert.since, tone: "off", text: "Began: the condition held" }, ...told];
  const has = (change: string) => alert.moments.some((moment) => moment.change === change);
  // What another alert explained was told to nobody, and still opened and ended.
  if (alert.opened && !has("opened"))
    found.push({
      at: alert.opened,
      tone: toneOf(alert),
      text: `Opened as ${severityWord(alert).toLowerCase()}`,
    });
  if (alert.resolved && !has("resolved")) found.push({ at: alert.resolved, tone: "ok", text: "Resolved" });
  if (alert.acknowledged_at)
    found.push({ at: alert.acknowledged_at, tone: "busy", text: `Acknowledged by ${alert.acknowledged_by}` });
  return found
    .map((moment, order) => ({ moment, order }))
    .sort((a, b) => Date.parse(a.moment.at) - Date.parse(b.moment.at) || a.order - b.order)
    .map(({ moment }) => moment);
}
