/** Waiting: what a queued activity waits for, by name. */
import type { Activity, TypeInfo } from "~/api/types";
import { activityTitle } from "./title";

export type Find = (id: string) => Activity | undefined;

/** Core names those that stand before it by their ids, the nearest first; some the viewer may not see. */
export function waitsFor(activity: Activity, types: readonly TypeInfo[], find: Find): string {
  const ids = activity.waiting_for.split(", ").filter(Boolean);
  if (ids.length === 0) return "its turn";
  const named = ids.map(find).filter((each) => each !== undefined);
  const first = named[0];
  if (!first) return ids.length === 1 ? "something you may not see" : `${ids.length} others`;
  const title = activityTitle(first, types);
  return ids.length === 1 ? title : `${title} and ${ids.length - 1} more`;
}
