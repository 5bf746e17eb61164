/** Standing: how a resource stands in one word, from its live status, what is open on it, and how its last run ended. */
import type { Activity } from "~/api/types";
import { isAttended } from "~/kit/activity/attended";
import type { Standing, Tone } from "~/kit/State";
import type { Known, ResourceUi } from "~/resources/ui";

const TONES: Record<string, Tone> = {
  up: "ok",
  running: "ok",
  healthy: "ok",
  starting: "busy",
  restarting: "bad",
  unhealthy: "bad",
  down: "bad",
  dead: "bad",
  removing: "busy",
  unknown: "warn",
};

const WORDS: Record<string, string> = { up: "Ok", exited: "Stopped", not_deployed: "Not deployed" };

/** What the type's own screen says, else what can be derived. */
export function standingOf(known: Known, ui: ResourceUi): Standing {
  return ui.standing?.(known) ?? derivedStanding(known);
}

/** From `status.state` where the type has one, else from the newest run. */
export function derivedStanding(known: Known): Standing {
  const working = workingStanding(known.open);
  if (working) return working;
  const { state, reason } = known.resource.status as { state?: string; reason?: string };
  if (state) return withReason({ tone: TONES[state] ?? "off", word: WORDS[state] ?? capital(state) }, reason);
  const last = known.runs.at(-1);
  if (!last) return { tone: "off", word: "Never run" };
  if (last.state === "succeeded") return { tone: "ok", word: "Ok" };
  return withReason(
    { tone: last.state === "cancelled" ? "off" : "bad", word: capital(last.state) },
    last.error,
  );
}

/** "Deploying", "Waiting": the oldest open action decides. */
export function workingStanding(open: readonly Activity[]): Standing | undefined {
  const acting = open.filter((activity) => !isAttended(activity));
  const first = acting.find((activity) => activity.state === "running") ?? acting[0];
  if (!first) return undefined;
  if (first.state === "queued") return { tone: "busy", word: "Waiting" };
  return { tone: "busy", word: doing(first.operation) };
}

/** `deployment.deploy` → `Deploying`, `build.run` → `Building`. */
export function doing(operation: string): string {
  const [type = "", verb = ""] = operation.split(".");
  if (verb === "run") return capital(ing(type));
  return capital(ing(verb.replaceAll("_", " ")));
}

function ing(verb: string): string {
  if (/[^aeiou][aeiou][bdgmnpt]$/.test(verb) && verb.length <= 4) return `${verb}${verb.at(-1)}ing`;
  return verb.endsWith("e") && !verb.endsWith("ee") ? `${verb.slice(0, -1)}ing` : `${verb}ing`;
}

function withReason(standing: Standing, reason: string | undefined): Standing {
  return reason ? { ...standing, reason } : standing;
}

function capital(word: string): string {
  const text = word.replaceAll("_", " ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
