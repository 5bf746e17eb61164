/** Filters: what alerts can be filtered by on the page, and how that is asked of core for those that are over. Pure. */
import { type Alert, onServer, severityWord, stateWord } from "~/kit/alert/alert";
import type { Chip } from "~/kit/list/chip";
import { readView, type ViewSearch } from "~/kit/list/view";

const HOUR = 3600;
export const SPANS: readonly { label: string; seconds: number }[] = [
  { label: "Last hour", seconds: HOUR },
  { label: "Last 24 h", seconds: 24 * HOUR },
  { label: "Last 7 days", seconds: 7 * 24 * HOUR },
  { label: "Last 30 days", seconds: 30 * 24 * HOUR },
];
const place = (label: string) => SPANS.findIndex((each) => each.label === label);

const SEVERITY: Chip<Alert> = {
  id: "severity",
  label: "Severity",
  values: (alert) => [severityWord(alert)],
  pinned: true,
};
const STATE: Chip<Alert> = {
  id: "state",
  label: "State",
  values: (alert) => [stateWord(alert)],
  pinned: true,
};
const OTHERS: readonly Chip<Alert>[] = [
  { id: "server", label: "Server", values: (alert) => [onServer(alert)].filter(Boolean) },
  { id: "rule", label: "Rule", values: ({ rule_name }) => [rule_name] },
  { id: "type", label: "Type", values: ({ subject }) => [subject.type] },
  { id: "tag", label: "Tag", values: ({ subject }) => subject.tags, all: true },
  {
    id: "since",
    label: "Since",
    values: ({ since }) => spansOf(Date.parse(since), Date.now()),
    order: (a, b) => place(a) - place(b),
  },
];
export const OPEN_CHIPS: readonly Chip<Alert>[] = [STATE, SEVERITY, ...OTHERS];
export const HISTORY_CHIPS: readonly Chip<Alert>[] = [SEVERITY, ...OTHERS];

/** All the spans in which an instant lies. */
export function spansOf(at: number, now: number): string[] {
  return SPANS.filter(({ seconds }) => now - at <= seconds * 1000).map(({ label }) => label);
}

export interface Asked {
  severity?: string[];
  rule?: string;
  type?: string;
  server?: string;
  text?: string;
  since?: string;
}

/**
 * What core can narrow by itself; the list does the rest (several servers, tags). `now` in whole minutes, so that the
 * question stays the same while one types.
 */
export function askedOf(search: ViewSearch, now: number): Asked {
  const view = readView(search);
  const values = (chip: string) => view.filters.find((filter) => filter.chip === chip)?.values ?? [];
  const only = (chip: string) => (values(chip).length === 1 ? values(chip)[0] : undefined);
  const longest = Math.max(0, ...values("since").map((label) => SPANS[place(label)]?.seconds ?? 0));
  const asked: Asked = {};
  const severity = values("severity").map((word) => word.toLowerCase());
  if (severity.length > 0) asked.severity = severity;
  for (const name of ["rule", "type", "server"] as const) {
    const one = only(name);
    if (one) asked[name] = one;
  }
  if (view.q && !view.q.includes(" ")) asked.text = view.q;
  if (longest > 0) asked.since = new Date(now - longest * 1000).toISOString();
  return asked;
}
