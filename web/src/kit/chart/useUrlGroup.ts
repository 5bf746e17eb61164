/** useUrlGroup: charts of a page whose zoom stands in its address: it can be shared, and going back leads to the one before. */
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useId, useMemo } from "react";
import { useParam } from "~/app/param";
import type { Group, Range } from "./ChartGroup";
import { bounded, readZoom, writeTime } from "./zoom";

export function useUrlGroup(): Group {
  const key = useId();
  const [since] = useParam("since");
  const [until] = useParam("until");
  const zoom = useMemo(() => readZoom(since, until), [since, until]);
  const navigate = useNavigate();
  const setZoom = useCallback(
    (range: Range | undefined) => {
      const to = range && bounded(range, Date.now() / 1000);
      const said = { since: to && writeTime(to[0]), until: to && writeTime(to[1]) };
      const search = (old: Record<string, unknown>) => ({ ...old, ...said });
      void navigate({ to: ".", search: search as never, resetScroll: false });
    },
    [navigate],
  );
  return useMemo(() => ({ key, zoom, setZoom, barred: true }), [key, zoom, setZoom]);
}
