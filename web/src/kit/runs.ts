/** Runs: how the last actions on a resource ended. */

import { useTopic } from "~/api/hooks";
import type { Collection } from "~/api/store";

export interface Run {
  activity: string;
  operation: string;
  state: "succeeded" | "failed" | "cancelled" | "interrupted";
  ended: string;
  seconds: number;
  summary: string;
  error: string;
  hint: string;
  who: { kind: string; id: string; name: string };
}

export interface Runs {
  resource: string;
  type: string;
  /** Oldest first, 16 at most. */
  items: Run[];
}

/** How many runs of each resource a type's screens show; of the rest the newest few say how it stands. */
const SHOWN: Record<string, number> = { build: 16 };
const FEW = 3;

/** The last runs of every resource of a type, by resource id, live. */
export function useRuns(type: string): Collection<Runs> {
  return useTopic<Runs>({ topic: "activity.runs", type, most: SHOWN[type] ?? FEW });
}
