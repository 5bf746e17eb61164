/** Marks: alerts on the time line of charts. Pure. */
import type { Mark } from "~/kit/chart/mark";
import { type Alert, saidOf, subjectName } from "./alert";

/**
 * From the begin of the condition to its end; what was told to nobody, as it was explained by another, is left out.
 * Beside a container, which is no resource, stand its alerts and those of the server itself.
 */
export function marksOf(alerts: readonly Alert[], own: string, container = ""): Mark[] {
  return alerts
    .filter(({ silenced_by, opened }) => opened !== null && silenced_by === "")
    .filter((alert) => !container || isOf(alert, own, container))
    .map((alert): Mark => {
      const elsewhere = isOf(alert, own, container) ? "" : `${subjectName(alert)}: `;
      return {
        at: Date.parse(alert.since) / 1000,
        ...(alert.resolved && { until: Date.parse(alert.resolved) / 1000 }),
        kind: "alert",
        tone: alert.severity === "critical" ? "bad" : "warn",
        title: `${elsewhere}${saidOf(alert)}`,
        href: `?alert=${alert.id}`,
      };
    })
    .sort((a, b) => a.at - b.at);
}

/** About that resource itself, or that container on it. */
function isOf(alert: Alert, own: string, container: string): boolean {
  const name = subjectName(alert);
  return alert.subject.id === own && (name === alert.subject.name || name === container);
}
