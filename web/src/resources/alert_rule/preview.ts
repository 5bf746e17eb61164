/** Preview: what a rule's config says in words, and what of its rehearsal concerns one subject. Pure. */
import type { Schemas } from "~/api/types";
import { level } from "~/kit/alert/figure";
import type { Level, Stretch } from "~/kit/chart/levels";
import { byNature } from "~/kit/list/sort";
import { span } from "~/kit/time";
import type { RuleConfig } from "./words";

export type Rehearsal = Schemas["Rehearsal"];
export type WouldFire = Schemas["WouldFire"];
export type Overridden = Schemas["Overridden"];
type What = RuleConfig["what"];

/** Those there is a past of. */
export function isFigure(what: What): boolean {
  return ["server_figure", "container_figure", "disk_full"].includes(what.kind);
}

const isUnder = (what: What): boolean =>
  what.kind === "disk_full" || ("under" in what && what.under === true);

/** `Warning over 90% for 15 min, critical over 98%. Well again under 85% for 2 min.` */
export function inWords(config: RuleConfig, unit: string): string {
  const { what, warning, critical, margin, lasts, calm } = config;
  const under = isUnder(what);
  const word = what.kind === "disk_full" ? "within" : under ? "under" : "over";
  const lasting = lasts > 0 ? ` for ${span(lasts)}` : "";
  if (!isFigure(what))
    return `${config.severity === "critical" ? "Critical" : "Warning"}${lasting || " at once"}. Over after ${span(calm)}.`;
  const levels = [
    typeof warning === "number" && `warning ${word} ${level(warning, unit)}`,
    typeof critical === "number" && `critical ${word} ${level(critical, unit)}`,
  ].filter((each) => each !== false);
  if (levels.length === 0) return "Neither level is set: it never opens.";
  const lowest = typeof warning === "number" ? warning : (critical ?? 0);
  const well = under ? lowest + margin : lowest - margin;
  const back = `Well again ${under ? "over" : "under"} ${level(well, unit)}${calm > 0 ? ` for ${span(calm)}` : ""}.`;
  const text = `${levels.join(", ")}${lasting}. ${back}`;
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The rule as overrides make it at one place. */
export function ruleAt(config: RuleConfig, there: Overridden | undefined): RuleConfig {
  if (!there) return config;
  const { warning, critical, lasts, off } = there;
  return off ? { ...config, warning: null, critical: null } : { ...config, warning, critical, lasts };
}

/** Lines across the chart: each level, and from where on it is well again. */
export function levelsOf(config: RuleConfig, unit: string): Level[] {
  // Of a disk that fills up levels are hours, which are no heights on a chart of how full it is.
  if (unit === "hours") return [];
  const { warning, critical, margin, what } = config;
  const found: Level[] = [];
  if (typeof warning === "number")
    found.push({ value: warning, tone: "warn", label: `warning ${level(warning, unit)}` });
  if (typeof critical === "number")
    found.push({ value: critical, tone: "bad", label: `critical ${level(critical, unit)}` });
  const lowest = warning ?? critical;
  if (typeof lowest === "number" && margin > 0) {
    const well = isUnder(what) ? lowest + margin : lowest - margin;
    found.push({ value: well, tone: "off", label: `well again ${level(well, unit)}` });
  }
  return found;
}

/** One that a chart can be of: a resource, or one thing of it. */
export interface Candidate {
  id: string;
  name: string;
  /** How often it would have fired there. */
  times: number;
}

/** Those where it would have fired come first, the most often before; then all others. */
export function candidates(
  fired: readonly WouldFire[],
  all: readonly { id: string; name: string }[],
): Candidate[] {
  const times = new Map<string, number>();
  for (const { id } of fired) times.set(id, (times.get(id) ?? 0) + 1);
  return all
    .map(({ id, name }) => ({ id, name, times: times.get(id) ?? 0 }))
    .sort((a, b) => b.times - a.times || byNature(a.name, b.name));
}

export function stretchesOf(
  fired: readonly WouldFire[],
  id: string,
  thing: string,
  until: number,
): Stretch[] {
  return fired
    .filter((each) => each.id === id && each.what === thing)
    .map((each) => ({
      from: Date.parse(each.opened) / 1000,
      to: each.resolved ? Date.parse(each.resolved) / 1000 : until,
      tone: each.severity === "critical" ? ("bad" as const) : ("warn" as const),
    }));
}
