/** useAlert: one alert, live while it goes on, asked for where it is over. */
import { useQuery } from "@tanstack/react-query";
import { ask, type Problem } from "~/api/http";
import type { ProblemBody } from "~/api/types";
import type { Alert } from "./alert";
import { useAlerts } from "./useAlerts";

export interface Found {
  alert: Alert | undefined;
  ready: boolean;
  problem: ProblemBody | undefined;
}

export function useAlert(id: string): Found {
  const { known, ready } = useAlerts();
  const live = known.get(id);
  const { data, error, isPending } = useQuery<Alert, Problem>({
    queryKey: ["alert", id],
    enabled: ready && live === undefined,
    queryFn: ({ signal }) => ask<Alert>("GET", `/alerts/${id}`, { signal }),
    retry: false,
  });
  const alert = live ?? data;
  return { alert, ready: alert !== undefined || (ready && !isPending), problem: error?.body };
}
