/** Alert: how an alert stands, what it is about, and where that leads. Pure. */
import type { Schemas } from "~/api/types";
import type { Sign, Standing } from "~/kit/State";

export type Alert = Schemas["Alert"];
export type AlertPage = { items: Alert[]; total: number; next: string };

export const isOver = (alert: Alert): boolean => alert.state === "resolved";

/** Open, told to nobody yet by anybody, and not explained by another: what waits for a person. */
export const isWaiting = (alert: Alert): boolean => alert.state === "open" && alert.quiet !== "explained";

export const toneOf = (alert: Alert): "bad" | "warn" => (alert.severity === "critical" ? "bad" : "warn");
export const severityWord = (alert: Alert): string =>
  alert.severity === "critical" ? "Critical" : "Warning";

/** `Warning alert, acknowledged`. */
export function alertWord({ tone, calm }: Sign): string {
  const word = tone === "bad" ? "Critical alert" : "Warning alert";
  return calm ? `${word}, ${calm}` : word;
}

/** By its severity, or that it is over. */
export function standingOf(alert: Alert): Standing {
  if (isOver(alert)) return { tone: "ok", word: `Was ${alert.severity}` };
  return { tone: toneOf(alert), word: severityWord(alert) };
}

/** Where it stands, in a word. */
export function stateWord(alert: Alert): string {
  if (isOver(alert)) return "Resolved";
  if (alert.quiet === "explained") return "Silenced";
  if (alert.state === "acknowledged") return "Acknowledged";
  if (alert.state === "pending") return "Pending";
  return alert.flapping ? "Flapping" : "Open";
}

/** What the message says without who, the level, since when and for how long: those stand beside it. */
export function saidOf(alert: Alert): string {
  const about = alert.message.replace(/^(server|deployment|build|container) [^:]*: /, "");
  const said = about.replace(/ \(level [^)]*\)/, "").replace(/, since \d{4}-\d\d-\d\d \d\d:\d\d UTC.*$/s, "");
  return said.slice(0, 1).toUpperCase() + said.slice(1);
}

/** Who likely causes it, as far as one may know that, in one line. */
export const causeOf = ({ culprit, culprit_process }: Alert): string =>
  [culprit, culprit_process].filter(Boolean).join("; ");

/** Conditions of containers, also of those that are no deployment's. */
export const OF_CONTAINERS = new Set([
  "container_figure",
  "exited",
  "unhealthy",
  "restart_loop",
  "oom_killed",
]);
const PLURALS: Record<string, string> = { server: "servers", deployment: "deployments", build: "builds" };

/** The page of what it is about. */
export function placeOf({ subject, rule_kind }: Alert): string {
  if (subject.type === "server" && subject.what && OF_CONTAINERS.has(rule_kind))
    return `/servers/${subject.name}/containers/${encodeURIComponent(subject.what)}`;
  return `/${PLURALS[subject.type] ?? `${subject.type}s`}/${subject.name}`;
}

/** Its name, or the container's that belongs to no deployment. */
export function subjectName({ subject, rule_kind }: Alert): string {
  return subject.type === "server" && subject.what && OF_CONTAINERS.has(rule_kind)
    ? subject.what
    : subject.name;
}

/** The server it is on, where that is another than itself. */
export function serverName(alert: Alert): string {
  const { subject } = alert;
  if (subject.type !== "server") return subject.server_name;
  return subjectName(alert) === subject.name ? "" : subject.name;
}

/** Server of any alert, its own included: to filter by. */
export const onServer = ({ subject }: Alert): string =>
  subject.type === "server" ? subject.name : subject.server_name;

/** Whether it is about a resource, or about what is on that server. */
export function concerns({ subject }: Alert, id: string): boolean {
  return subject.id === id || subject.server === id;
}

/** All it is found by. */
export function searchText(alert: Alert): string {
  const { subject } = alert;
  return [subject.name, subject.what, subject.server_name, alert.message, alert.rule_name].join(" ");
}

/** Seconds it has lasted, or did. */
export function secondsOf(alert: Alert, now: number): number {
  return Math.max(0, ((alert.resolved ? Date.parse(alert.resolved) : now) - Date.parse(alert.since)) / 1000);
}

/** Goes up with what can wait: a newer image is no trouble, and there may be many. */
export function rankOf({ severity, rule_kind }: Alert): number {
  if (severity === "critical") return 0;
  return rule_kind === "image_update" ? 2 : 1;
}

/** Those that wait for somebody first, of them the critical ones, of equals the newest. */
export function byWeight(a: Alert, b: Alert): number {
  return weight(a) - weight(b) || (a.id < b.id ? 1 : -1);
}

function weight(alert: Alert): number {
  return (isWaiting(alert) ? 0 : isOver(alert) ? 6 : 3) + rankOf(alert);
}

/** Any one of these stands for `execute` on a resource, which is what acknowledging takes. */
const EXECUTE: Record<string, readonly string[]> = {
  server: ["server.restart_containers", "server.prune_images", "server.clean_up"],
  deployment: ["deployment.restart", "deployment.deploy"],
  build: ["build.run"],
};

export function mayAcknowledge(type: string, can: readonly string[]): boolean {
  return (EXECUTE[type] ?? []).some((operation) => can.includes(operation));
}
