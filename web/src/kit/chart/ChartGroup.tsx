/** ChartGroup: charts that share one cross-hair and one zoom. */
import { createContext, useContext, useId, useMemo, useState } from "react";

/** Seconds since the epoch. */
export type Range = readonly [from: number, to: number];

export interface Group {
  key: string;
  /** What all charts of the group show instead of their own window. */
  zoom: Range | undefined;
  setZoom(zoom: Range | undefined): void;
  /** A bar of the page leads back, so that no chart needs to. */
  barred?: boolean;
}

const GroupContext = createContext<Group | undefined>(undefined);

export function ChartGroup(props: {
  /** One whose zoom is kept elsewhere (in the address). */
  group?: Group;
  children: React.ReactNode;
}): React.ReactNode {
  const own = useOwnGroup();
  return <GroupContext value={props.group ?? own}>{props.children}</GroupContext>;
}

/** The group around, or one of the chart's own. */
export function useGroup(): Group {
  const own = useOwnGroup();
  return useContext(GroupContext) ?? own;
}

function useOwnGroup(): Group {
  const key = useId();
  const [zoom, setZoom] = useState<Range | undefined>();
  return useMemo(() => ({ key, zoom, setZoom }), [key, zoom]);
}
