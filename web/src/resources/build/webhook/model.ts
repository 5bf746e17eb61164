/** Webhook: what the screen about it is made of, and how it is said. */
import type { Schemas } from "~/api/types";
import type { Tone } from "~/kit/State";

export type Webhook = Schemas["Webhook"];
export type Delivery = Schemas["Delivery"];
export type Address = Schemas["WebhookAddress"];

const OUTCOMES: Record<Delivery["outcome"], { tone: Tone; word: string }> = {
  waiting: { tone: "busy", word: "Waiting" },
  run: { tone: "ok", word: "Build started" },
  merged: { tone: "ok", word: "With a later one" },
  nothing_new: { tone: "off", word: "Nothing new" },
  ignored: { tone: "off", word: "Ignored" },
  failed: { tone: "bad", word: "Failed" },
};

export function outcomeOf(delivery: Delivery): { tone: Tone; word: string } {
  return OUTCOMES[delivery.outcome];
}

/** "GitHub", "a test": who sent it. */
export function senderOf(delivery: Delivery): string {
  return SENDERS[delivery.service] ?? "Token";
}

const SENDERS: Record<string, string> = {
  github: "GitHub",
  gitlab: "GitLab",
  gitea: "Gitea",
  forgejo: "Forgejo",
  monitor: "Test",
};

/** "push to main by ann": what the sender said, as far as it did. */
export function toldBy(delivery: Delivery): string {
  const where = delivery.branch ? ` to ${delivery.branch}` : "";
  const by = delivery.pusher ? ` by ${delivery.pusher}` : "";
  return `${delivery.event}${where}${by}`;
}

/** Which pushes have it build, in a sentence. */
export function countsWhat({ follows, branches, paths }: Webhook): string {
  const own = follows ? `branch ${follows}` : "the default branch";
  const where =
    branches.length > 0 ? `${branches.length > 1 ? "branches" : "branch"} ${branches.join(", ")}` : own;
  const counted = paths.filter((path) => !path.startsWith("!"));
  const not = paths.filter((path) => path.startsWith("!")).map((path) => path.slice(1));
  const files = counted.length > 0 ? counted.join(", ") : "anything";
  const but = not.length > 0 ? ` but ${not.join(", ")}` : "";
  return `Pushes to ${where}${paths.length > 0 ? ` that change ${files}${but}` : ""}`;
}
