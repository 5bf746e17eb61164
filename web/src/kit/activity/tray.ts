/** Tray: which activities it shows, and which of them the pill. */
import { isOpen } from "~/api/hooks";
import type { Activity } from "~/api/types";

export interface Tray {
  /** Queued and running ones, those of this browser first, then the newest. */
  open: Activity[];
  /** Ended ones of this browser, newest first. */
  ended: Activity[];
  /** What the pill names. */
  shown: Activity | undefined;
}

export function trayOf(activities: readonly Activity[], remembered: readonly string[]): Tray {
  const own = (activity: Activity) => remembered.includes(activity.id);
  const rank = (activity: Activity) => (own(activity) ? 0 : 2) + (activity.state === "running" ? 0 : 1);
  const open = activities.filter(isOpen).sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? 1 : -1));
  const ended = activities
    .filter((activity) => !isOpen(activity) && own(activity))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  return { open, ended, shown: open[0] };
}
