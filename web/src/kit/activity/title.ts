/** Title: what an activity is called, wherever it stands: "Deploy api 1.4.3". */
import type { Activity, TypeInfo } from "~/api/types";
import { batchOf } from "./batch";

/** Where the verb of the API is not the one people say. */
const VERBS: Record<string, string> = {
  "build.run": "Build",
  "build.redeploy": "Redeploy from",
  "deployment.terminal": "Terminal in",
  "grant.set": "Grant rights to",
  "grant.delete": "Take rights from",
  "session.sign_in": "Sign in",
  "session.sign_out": "Sign out",
  "session.set_up": "Set up",
  "user.set_password": "Set the password of",
  "server.join_token": "Issue a join token for",
  create: "Add",
  update: "Edit",
};

/** What it did, without what to: "Deploy", "Edit", "Add user". */
export function verbOf(operation: string, types: readonly TypeInfo[]): string {
  const [noun = "", verb = ""] = operation.split(".");
  const declared = types.flatMap((type) => type.operations).find((each) => each.name === operation);
  const said = VERBS[operation] ?? VERBS[verb] ?? declared?.title ?? words(verb);
  // What it is, where the name alone does not say.
  return verb === "create" || verb === "delete" ? `${said} ${words(noun).toLowerCase()}` : said;
}

/** What an activity does, without what to; of one that leads others, with how many of what. */
export function deedOf(activity: Activity, types: readonly TypeInfo[]): string {
  const batch = batchOf(activity);
  if (!batch) return verbOf(activity.operation, types);
  const type = types.find((each) => each.name === batch.type);
  const what = batch.count === 1 ? batch.type : (type?.plural ?? `${batch.type}s`);
  return `${verbOf(batch.operation, types)} ${batch.count} ${what.replaceAll("_", " ")}`;
}

export function activityTitle(activity: Activity, types: readonly TypeInfo[]): string {
  const verb = deedOf(activity, types);
  const what = VERBS[activity.operation] && activity.who.id === activity.what?.id ? "" : activity.what?.name;
  return [verb, what, versionOf(activity)].filter(Boolean).join(" ");
}

/** Who did it, and what asked for it in his name: "bea, by schedule nightly". */
export function whoOf({ who, cause }: Activity): string {
  const name = who.name || who.kind;
  return cause
    ? `${name}, by ${[words(cause.type).toLowerCase(), cause.name].filter(Boolean).join(" ")}`
    : name;
}

/** The version a build or deploy was about, once it is known: `1.4.3` of `deployed api:1.4.3, away 0.8 s`. */
export function versionOf(activity: Activity): string {
  const match = /^(?:deployed|built) \S+:([\w][\w.-]{0,40}?)(?=[,\s]|$)/.exec(activity.summary);
  return match?.[1] ?? "";
}

function words(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
