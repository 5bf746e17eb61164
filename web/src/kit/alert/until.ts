/** Until: how long an acknowledgement lasts. Pure. */

export interface Lasting {
  id: string;
  label: string;
  /** The instant; empty: until it ends. */
  until(now: Date): string;
}

const HOUR = 3_600_000;
/** When people are back at their desks. */
const MORNING = 8;

export const LASTINGS: readonly Lasting[] = [
  { id: "resolved", label: "Until resolved", until: () => "" },
  { id: "1h", label: "1 h", until: (now) => new Date(now.getTime() + HOUR).toISOString() },
  { id: "8h", label: "8 h", until: (now) => new Date(now.getTime() + 8 * HOUR).toISOString() },
  { id: "tomorrow", label: "Until tomorrow", until: tomorrow },
];

/** The next morning, by the clock of whoever says so. */
function tomorrow(now: Date): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING).toISOString();
}

export function untilOf(id: string, now: Date): string {
  return LASTINGS.find((each) => each.id === id)?.until(now) ?? "";
}
