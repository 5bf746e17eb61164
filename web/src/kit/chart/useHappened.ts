/** useHappened: what was done on a server or to a resource over the time that charts show, as marks; live. */
import { useMemo } from "react";
import { useActivities } from "~/api/hooks";
import type { Activity } from "~/api/types";
import type { ActivityPage } from "~/kit/stream/stream";
import type { Range } from "./ChartGroup";
import { marksOf, OPERATIONS } from "./happened";
import type { Mark } from "./mark";
import { type Asked, idOf, useOver, type Where } from "./useOver";

/** More marks than 200 on one chart say nothing. */
const ASKED: Asked = {
  key: ["happened"],
  path: "/activity",
  query: { operation: OPERATIONS, limit: 200 },
  from: "since",
  before: 3600,
};

/** `container`: only what was done to that one, of all that was done to its server. */
export function useHappened(
  where: Where,
  seconds: number,
  zoom: Range | undefined,
  container?: string,
): readonly Mark[] {
  const wide = "server" in where;
  const key = idOf(where);
  const page = useOver<ActivityPage>({ where, seconds, zoom }, ASKED);
  const { list } = useActivities();
  return useMemo(() => {
    const found = new Map<string, Activity>((page?.items ?? []).map((each) => [each.id, each]));
    for (const each of list)
      if (each.what?.id === key || (wide && each.server === key)) found.set(each.id, each);
    return marksOf([...found.values()], container);
  }, [page, list, key, wide, container]);
}
