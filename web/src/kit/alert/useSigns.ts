/** useSigns: the worst open alert of each resource and container, live; another only when one of them is. */
import { useMemo, useRef } from "react";
import { useResources } from "~/api/hooks";
import type { Resource, Schemas } from "~/api/types";
import type { Standing } from "~/kit/State";
import { NO_SIGNS, type Signs, signsOf } from "./signs";
import { useAlerts } from "./useAlerts";

export function useSigns(): Signs {
  const { list } = useAlerts();
  // Who may not read them sees an alert as it is without one.
  const maintenances = useResources<Schemas["Maintenance"] & Resource>("maintenance").items;
  const before = useRef<Signs>(NO_SIGNS);
  return useMemo(() => {
    before.current = signsOf(list, maintenances.values(), before.current);
    return before.current;
  }, [list, maintenances]);
}

/** How a resource stands, with what it is alerted of. */
export function useSigned(resource: string, standing: Standing): Standing {
  const alert = useSigns().of.get(resource);
  return alert ? { ...standing, alert } : standing;
}
