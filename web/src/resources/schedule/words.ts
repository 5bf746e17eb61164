/** Words: what a schedule does, how its runs came out, and how it stands. */
import type { OperationInfo, Schemas, TypeInfo } from "~/api/types";
import { verbOf } from "~/kit/activity/title";
import type { Json } from "~/kit/form/field";
import type { Standing, Tone } from "~/kit/State";
import type { Known } from "../ui";

export type Schedule = Schemas["Schedule"];
export type Occasion = Schemas["Occasion"];
export type Asked = Pick<Schemas["AskedAction"], "operation" | "target"> & { parameters: Json };

export const scheduleOf = (known: Known): Schedule => known.resource as unknown as Schedule;

const OUTCOMES: Record<Occasion["outcome"], { tone: Tone; word: string }> = {
  begun: { tone: "busy", word: "Running" },
  waiting: { tone: "busy", word: "Waiting" },
  succeeded: { tone: "ok", word: "Succeeded" },
  failed: { tone: "bad", word: "Failed" },
  cancelled: { tone: "off", word: "Cancelled" },
  interrupted: { tone: "warn", word: "Interrupted" },
  refused: { tone: "bad", word: "Refused" },
  idle: { tone: "off", word: "Nothing to do" },
  missed: { tone: "warn", word: "Missed" },
  overlapped: { tone: "warn", word: "Skipped" },
};

export const outcomeOf = (one: Occasion): { tone: Tone; word: string } => OUTCOMES[one.outcome];

/** Why it came out so, and how many others were missed with it. */
export function whyOf(one: Occasion): string {
  const more = one.more > 0 ? `${one.more} before it missed too` : "";
  return [one.reason, more].filter(Boolean).join("; ");
}

export function standing(known: Known): Standing {
  const { state, reason } = scheduleOf(known).status;
  switch (state) {
    case "on":
      return { tone: "ok", word: "On" };
    case "running":
      return { tone: "busy", word: "Running" };
    case "blocked":
      return { tone: "bad", word: "Blocked", reason };
    default:
      return { tone: "off", word: "Off" };
  }
}

/** Actions that can be asked for by the clock. */
export function schedulable(type: TypeInfo): OperationInfo[] {
  if (type.name === "schedule") return []; // one runs no other
  return type.operations.filter(({ kind, attended }) => kind === "action" && !attended);
}

export const isBatch = (operation: string): boolean => operation.endsWith(".batch");

/** "Build app", "Restart deployments tagged nightly". */
export function deedOf(
  asked: Asked | null,
  names: Readonly<Record<string, string>>,
  types: readonly TypeInfo[],
): string {
  if (!asked) return "Nothing yet";
  const type = types.find(({ name }) => asked.operation.startsWith(`${name}.`));
  if (isBatch(asked.operation)) return batchDeed(asked, type, types);
  const verb = verbOf(asked.operation, types);
  if (!asked.target) return verb;
  return `${verb} ${names[asked.target] ?? `a ${type?.title.toLowerCase() ?? "thing"} that is gone`}`;
}

function batchDeed(asked: Asked, type: TypeInfo | undefined, types: readonly TypeInfo[]): string {
  const { operation, pattern, tag, ids } = asked.parameters;
  const which = [
    typeof pattern === "string" && pattern && `called ${pattern}`,
    typeof tag === "string" && tag && `tagged ${tag}`,
    Array.isArray(ids) && ids.length > 0 && `(${ids.length} chosen)`,
  ].filter(Boolean);
  const plural = type?.plural.replaceAll("_", " ") ?? "";
  return [verbOf(`${type?.name ?? ""}.${String(operation ?? "")}`, types), plural, ...which].join(" ");
}

/** A moment by the clock of a zone: `Mon, 30 Mar, 02:30`. */
export function inZone(at: string, zone: string): string {
  const style = {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  } as const;
  try {
    return new Date(at).toLocaleString(undefined, { ...style, hour12: false, timeZone: zone });
  } catch {
    return new Date(at).toLocaleString(undefined, { ...style, hour12: false });
  }
}

/** The zone of whoever looks. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
