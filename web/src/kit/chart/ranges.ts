/** Ranges: how far charts may reach back. Pure. */

export interface Reach {
  /** As the page's address says it. */
  id: string;
  label: string;
  seconds: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

export const LIVE = "live";
export const REACHES: readonly Reach[] = [
  { id: LIVE, label: "Live", seconds: 15 * 60 },
  { id: "1h", label: "1 h", seconds: HOUR },
  { id: "6h", label: "6 h", seconds: 6 * HOUR },
  { id: "24h", label: "24 h", seconds: DAY },
  { id: "7d", label: "7 d", seconds: 7 * DAY },
  { id: "30d", label: "30 d", seconds: 30 * DAY },
  { id: "1y", label: "1 y", seconds: 365 * DAY },
];

/** The one of this id; else the first. */
export function reachOf(id: string | undefined): Reach {
  return REACHES.find((reach) => reach.id === id) ?? (REACHES[0] as Reach);
}
