/** Alerted: what is wrong and the alerts that say so, each told once. Pure. */
import {
  type Alert,
  causeOf,
  saidOf,
  serverName,
  severityWord,
  subjectName,
  toneOf,
} from "~/kit/alert/alert";
import type { Known, Trouble } from "~/resources/ui";
import type { World } from "./scope";
import type { Placed } from "./troubles";

/** Which alerts say the same as a trouble, by the end of its id. */
const SAME: Record<string, readonly string[]> = {
  down: ["unreachable"],
  docker: ["docker_silent"],
  disk: ["disk"],
  state: ["exited", "unhealthy", "restart_loop", "oom_killed", "missing"],
  drift: ["drifted"],
  deploy: ["failed"],
  run: ["failed"],
};
/** A newer image is no trouble: it has a page of its own. */
const ELSEWHERE = new Set(["image_update"]);

/**
 * A trouble of which there is an alert keeps its words and its steps, and leads to the alert; an alert that no
 * trouble tells of is a row of its own. What another alert explains is told by that one.
 */
export function withAlerts(found: readonly Placed[], alerts: readonly Alert[], world: World): Placed[] {
  const told = alerts.filter(({ rule_kind, quiet }) => !ELSEWHERE.has(rule_kind) && quiet !== "explained");
  const left = new Set(told);
  const placed = found.map((each) => {
    const same = told.filter((alert) => saysSame(each.trouble, alert));
    for (const alert of same) left.delete(alert);
    const [worst] = same;
    return worst ? { known: each.known, trouble: joined(each.trouble, worst) } : each;
  });
  const own = [...left].flatMap((alert) => {
    const known = world.get(alert.subject.type)?.find(({ resource }) => resource.id === alert.subject.id);
    return known ? [{ known, trouble: troubleOf(alert, known) }] : [];
  });
  return [...placed, ...own];
}

function saysSame({ id, where }: Trouble, { subject, rule_kind, unit }: Alert): boolean {
  const [resource, what = ""] = id.split("/");
  if (resource !== subject.id) return false;
  const kinds = SAME[what] ?? [];
  // The fullest disk stands in the row; what goes over its level beside it is another matter.
  if (rule_kind === "server_figure")
    return kinds.includes("disk") && unit === "percent" && subject.what !== "" && subject.what === where;
  return kinds.includes(rule_kind);
}

function joined(trouble: Trouble, alert: Alert): Trouble {
  return {
    ...trouble,
    since: trouble.since ?? alert.since,
    alert: { id: alert.id, acknowledgedBy: alert.acknowledged_by },
  };
}

function troubleOf(alert: Alert, { resource }: Known): Trouble {
  const server = serverName(alert);
  // A container of no deployment has no row of its own: it is named in that of its server.
  const name = subjectName(alert);
  const who = name === alert.subject.name ? "" : `${name}: `;
  return {
    id: `${resource.id}/alert/${alert.id}`,
    tone: toneOf(alert),
    word: severityWord(alert),
    type: alert.subject.type,
    resource,
    ...(alert.subject.type === "deployment" && server && { where: server }),
    cause: [who + saidOf(alert), causeOf(alert)].filter(Boolean).join(" · "),
    since: alert.since,
    looms: alert.value !== null,
    alert: { id: alert.id, acknowledgedBy: alert.acknowledged_by },
    steps: alert.activity ? [{ kind: "watch", activity: alert.activity }] : [],
  };
}
