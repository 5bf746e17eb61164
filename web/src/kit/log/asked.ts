/** Asked: which part of a log is looked at, as the topic that shows it and the address it is downloaded from. */
import type { Topic } from "~/api/live";
import { momentOf } from "./moment";

export interface Wanted {
  text: string;
  regex: boolean;
  matchCase: boolean;
  /** Lines shown around each that is found. */
  context: number;
}

export interface Asked {
  /** One of RANGES, or "between". */
  range: string;
  /** As typed; only of "between". */
  since: string;
  until: string;
  stream: "both" | "stdout" | "stderr";
  wanted: Wanted | undefined;
  /** When it was asked, for what is relative. */
  at: number;
}

export const RANGES = [
  { value: "100", label: "last 100 lines" },
  { value: "1000", label: "last 1,000 lines" },
  { value: "10000", label: "last 10,000 lines" },
  { value: "15m", label: "last 15 minutes" },
  { value: "1h", label: "last hour" },
  { value: "24h", label: "last 24 hours" },
  { value: "all", label: "all of it" },
  { value: "between", label: "between…" },
] as const;

/** Why the times cannot be meant; empty where they can. */
export function wrongTime({ range, since, until, at }: Asked): { since?: string; until?: string } {
  if (range !== "between") return {};
  const from = momentOf(since, at);
  const to = momentOf(until, at);
  const no = "Write 15m, 12:30 or 2026-11-27 12:30";
  if (since !== "" && from === undefined) return { since: no };
  if (until !== "" && to === undefined) return { until: no };
  if (from !== undefined && to !== undefined && to < from) return { until: "Lies before the first" };
  return {};
}

/** Parameters both the topic and the download take; a search looks at all of the range, not at its last lines. */
export function parameters(asked: Asked): Record<string, string | number | boolean> {
  const found: Record<string, string | number | boolean> = { ...timesOf(asked) };
  if (asked.stream !== "both") found.stream = asked.stream;
  const { wanted } = asked;
  if (wanted) {
    found[wanted.regex ? "regex" : "search"] = wanted.text;
    if (wanted.matchCase) found.match_case = true;
    if (wanted.context > 0) found.context = wanted.context;
  }
  return found;
}

export function topicOf(topic: Topic, asked: Asked): Topic {
  const found = parameters(asked);
  return { ...topic, ...found, follow: asked.wanted === undefined && found.until === undefined };
}

export function addressOf(file: string, asked: Asked, timestamps: boolean): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters(asked))) query.set(key, String(value));
  if (timestamps) query.set("timestamps", "true");
  return `/api${file}${file.includes("?") ? "&" : "?"}${query}`;
}

function timesOf({ range, since, until, at, wanted }: Asked): Record<string, string | number> {
  if (/^\d+$/.test(range)) return wanted ? {} : { tail: Number(range) };
  if (range === "all") return { tail: -1 };
  const [from, to] = range === "between" ? [since, until] : [range, ""];
  const first = momentOf(from, at);
  const last = momentOf(to, at);
  return {
    ...(first === undefined ? { tail: -1 } : { since: new Date(first).toISOString() }),
    ...(last === undefined ? {} : { until: new Date(last).toISOString() }),
  };
}
