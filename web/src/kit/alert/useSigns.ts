/** useSigns: the worst open alert of each resource and container, live; another only when one of them is. */
import { useMemo, useRef } from "react";
import type { Standing } from "~/kit/State";
import { NO_SIGNS, type Signs, signsOf } from "./signs";
import { useAlerts } from "./useAlerts";

export function useSigns(): Signs {
  const { list } = useAlerts();
  const before = useRef<Signs>(NO_SIGNS);
  return useMemo(() => {
    before.current = signsOf(list, before.current);
    return before.current;
  }, [list]);
}

/** How a resource stands, with what it is alerted of. */
export function useSigned(resource: string, standing: Standing): Standing {
  const alert = useSigns().of.get(resource);
  return alert ? { ...standing, alert } : standing;
}
