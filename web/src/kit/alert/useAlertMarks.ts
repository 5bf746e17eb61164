/** useAlertMarks: alerts of a server and what is on it, or of one resource, over the time that charts show; live. */
import { useMemo } from "react";
import type { Range } from "~/kit/chart/ChartGroup";
import type { Mark } from "~/kit/chart/mark";
import { type Asked, idOf, useOver, type Where } from "~/kit/chart/useOver";
import { type Alert, type AlertPage, concerns } from "./alert";
import { marksOf } from "./marks";
import { useAlerts } from "./useAlerts";

/** More marks than 100 on one chart say nothing. */
const ASKED: Asked = {
  key: ["alerts", "marks"],
  path: "/alerts",
  query: { state: ["resolved"], limit: 100 },
  from: "lasted_until",
};

export function useAlertMarks(
  where: Where,
  seconds: number,
  zoom: Range | undefined,
  container?: string,
): readonly Mark[] {
  const wide = "server" in where;
  const key = idOf(where);
  const { known } = useAlerts();
  const page = useOver<AlertPage>({ where, seconds, zoom }, ASKED);
  return useMemo(() => {
    const found = new Map<string, Alert>((page?.items ?? []).map((alert) => [alert.id, alert]));
    for (const alert of known.values())
      if (wide ? concerns(alert, key) : alert.subject.id === key) found.set(alert.id, alert);
    return marksOf([...found.values()], key, container);
  }, [page, known, key, wide, container]);
}
