/** Words: how an alert rule stands and what it says. */
import type { Schemas } from "~/api/types";
import type { Standing } from "~/kit/State";
import type { Known } from "../ui";

export type AlertRule = Schemas["AlertRule"];
export type RuleConfig = Schemas["AlertRuleConfig"];

export const ruleOf = (known: Known): AlertRule => known.resource as unknown as AlertRule;

export function standing(known: Known): Standing {
  return ruleOf(known).config.enabled ? { tone: "ok", word: "On" } : { tone: "off", word: "Off" };
}

/** `Everywhere`, `tagged batch`, `on web-1`: where it is looked for. */
export function scopeText(scope: RuleConfig["scope"], names: Readonly<Record<string, string>>): string {
  switch (scope.kind) {
    case "tagged":
      return `tagged ${scope.tags.join(", ")}`;
    case "server":
      return `on ${names[scope.server] ?? "a server"}`;
    case "deployment":
      return names[scope.deployment] ?? "one deployment";
    case "build":
      return names[scope.build] ?? "one build";
    default:
      return "everywhere";
  }
}
