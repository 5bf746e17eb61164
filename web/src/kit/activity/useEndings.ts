/** useEndings: says in a toast how something started here ended, unless its drawer is open and shows it. */
import { useEffect, useRef } from "react";
import { isOpen, useActivities, useTypes } from "~/api/hooks";
import type { Activity, TypeInfo } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { took } from "~/kit/time";
import { toast } from "~/kit/toast";
import { secondsOf } from "./detail";
import { useRemembered } from "./remembered";
import { activityStanding } from "./standing";
import { activityTitle } from "./title";

export function useEndings(): void {
  const { list, ready } = useActivities();
  const remembered = useRemembered();
  const types = useTypes();
  const drawer = useDrawer();
  /** Those seen open; what had ended before this page came is old news. */
  const open = useRef(new Set<string>());
  useEffect(() => {
    if (drawer.activity) toast.away(drawer.activity);
  }, [drawer.activity]);
  useEffect(() => {
    if (!ready) return;
    for (const activity of list) {
      if (isOpen(activity)) open.current.add(activity.id);
      else if (open.current.delete(activity.id) && remembered.includes(activity.id)) {
        if (drawer.activity !== activity.id) tell(activity, types, () => drawer.open(activity.id));
      }
    }
  }, [list, ready, remembered, types, drawer]);
}

function tell(activity: Activity, types: readonly TypeInfo[], run: () => void): void {
  const title = `${activityTitle(activity, types)} · ${activityStanding(activity).word.toLowerCase()}`;
  const about = activity.id;
  const action = { label: "Open", run };
  if (activity.state === "succeeded")
    toast.ok(title, { about, detail: `in ${took(secondsOf(activity))}`, action });
  else if (activity.state === "cancelled") toast.info(title, { about, action });
  else
    toast.problem(
      { title, detail: brief(activity.error), hint: activity.hint, raw: long(activity.error) },
      { about, action },
    );
}

function brief(error: string): string {
  return (error.split("\n", 1)[0] ?? "").slice(0, 280);
}

function long(error: string): string | undefined {
  return error === brief(error) ? undefined : error;
}
