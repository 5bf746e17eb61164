/** Signs: of each resource and container the worst alert that is open on it, beside how it stands. Pure. */
import type { Sign } from "~/kit/State";
import { type Alert, isOver, OF_CONTAINERS, subjectName, toneOf } from "./alert";

export interface Signs {
  /** By the resource's id. */
  of: ReadonlyMap<string, Sign>;
  /** By the id of the deployment a container is, else by its server's and its name. */
  ofContainers: ReadonlyMap<string, Sign>;
}

export const NO_SIGNS: Signs = { of: new Map(), ofContainers: new Map() };

export const containerKey = (server: string, name: string): string => `${server}/${name}`;

/** A newer image is no trouble, and has a column of its own. */
const ELSEWHERE = "image_update";

/** What is as it was in `before` stays the same object. */
export function signsOf(alerts: Iterable<Alert>, before: Signs = NO_SIGNS): Signs {
  const of = new Map<string, Sign>();
  const ofContainers = new Map<string, Sign>();
  for (const alert of alerts) {
    if (isOver(alert) || alert.state === "pending" || alert.rule_kind === ELSEWHERE) continue;
    const sign = signOf(alert);
    const { type, id } = alert.subject;
    const stray = type === "server" && subjectName(alert) !== alert.subject.name;
    if (!stray) add(of, id, sign);
    if (OF_CONTAINERS.has(alert.rule_kind))
      add(ofContainers, stray ? containerKey(id, alert.subject.what) : id, sign);
  }
  const kept = { of: keeping(before.of, of), ofContainers: keeping(before.ofContainers, ofContainers) };
  return kept.of === before.of && kept.ofContainers === before.ofContainers ? before : kept;
}

const QUIET: Record<Alert["quiet"], string> = {
  "": "",
  explained: "silenced",
  maintenance: "in a maintenance",
};

function signOf(alert: Alert): Sign {
  const calm = alert.state === "acknowledged" ? "acknowledged" : QUIET[alert.quiet];
  return { alert: alert.id, tone: toneOf(alert), calm, count: 1 };
}

function add(signs: Map<string, Sign>, key: string, sign: Sign): void {
  const known = signs.get(key);
  if (!known) signs.set(key, sign);
  else signs.set(key, { ...(isWorse(sign, known) ? sign : known), count: known.count + 1 });
}

/** What waits for somebody first, of that what is critical, of equals the newest. */
function isWorse(a: Sign, b: Sign): boolean {
  if ((a.calm === "") !== (b.calm === "")) return a.calm === "";
  if (a.tone !== b.tone) return a.tone === "bad";
  return a.alert > b.alert;
}

function keeping(before: ReadonlyMap<string, Sign>, now: Map<string, Sign>): ReadonlyMap<string, Sign> {
  let same = before.size === now.size;
  for (const [key, sign] of now) {
    const old = before.get(key);
    if (old && isSame(old, sign)) now.set(key, old);
    else same = false;
  }
  return same ? before : now;
}

function isSame(a: Sign, b: Sign): boolean {
  return a.alert === b.alert && a.tone === b.tone && a.calm === b.calm && a.count === b.count;
}
