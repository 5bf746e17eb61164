/** useTray: the tray's content, live, with what this browser remembers from before a reload. */
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useActivities } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Activity } from "~/api/types";
import { useRemembered } from "./remembered";
import { type Tray, trayOf } from "./tray";

/** `whole`: also ask for remembered ones the live list no longer holds. */
export function useTray(whole: boolean): Tray {
  const { list, ready } = useActivities();
  const remembered = useRemembered();
  const lacking = useMemo(
    () => (whole && ready ? remembered.filter((id) => !list.some((activity) => activity.id === id)) : []),
    [whole, ready, remembered, list],
  );
  const older = useQueries({
    queries: lacking.map((id) => ({
      queryKey: ["activity", id],
      queryFn: () => ask<Activity>("GET", `/activity/${id}`),
    })),
    combine: (results) => results.map(({ data }) => data).filter((data) => data !== undefined),
  });
  return useMemo(() => trayOf([...list, ...older], remembered), [list, older, remembered]);
}
