/** useAlertMarks: alerts of a server and what is on it, or of one resource, over the time that charts show; live. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ask, Problem } from "~/api/http";
import type { Range } from "~/kit/chart/ChartGroup";
import type { Mark } from "~/kit/chart/mark";
import type { Where } from "~/kit/chart/useHappened";
import { writeTime } from "~/kit/chart/zoom";
import { type Alert, type AlertPage, concerns } from "./alert";
import { marksOf } from "./marks";
import { useAlerts } from "./useAlerts";

/** More marks than these on one chart say nothing. */
const MOST = 100;
/** What began before the time that is shown may reach into it. */
const BEFORE = 86_400;

export function useAlertMarks(
  where: Where,
  seconds: number,
  zoom: Range | undefined,
  container?: string,
): readonly Mark[] {
  const wide = "server" in where;
  const key = "server" in where ? where.server : where.resource;
  const { known } = useAlerts();
  const { data, error } = useQuery({
    queryKey: ["alerts", "marks", key, seconds, zoom?.[0], zoom?.[1]],
    queryFn: ({ signal }) => {
      const since = writeTime((zoom?.[0] ?? Date.now() / 1000 - seconds) - BEFORE);
      const before = zoom && writeTime(zoom[1]);
      const query = { ...where, state: ["resolved"], since, before, limit: MOST };
      return ask<AlertPage>("GET", "/alerts", { signal, query });
    },
    gcTime: 60_000,
    retry: false,
  });
  if (error && !(error instanceof Problem)) throw error;
  return useMemo(() => {
    const found = new Map<string, Alert>((data?.items ?? []).map((alert) => [alert.id, alert]));
    for (const alert of known.values())
      if (wide ? concerns(alert, key) : alert.subject.id === key) found.set(alert.id, alert);
    return marksOf([...found.values()], key, container);
  }, [data, known, key, wide, container]);
}
