/** Feed: what a live topic of output has brought so far, and whether more may come. */
import { useMemo, useReducer } from "react";
import type { Sink } from "~/api/live";
import type { ProblemBody } from "~/api/types";
import type { Lines } from "./lines";

/** `open`: more may come. */
export type OutputState = "open" | "ended" | "broken";

/** What a viewer shows. */
export interface Source {
  lines: Lines;
  state: OutputState;
  problem: ProblemBody | undefined;
}

export interface Feed {
  /** By step; a container's log has only the one called "". */
  steps: ReadonlyMap<string, Lines>;
  /** Numbers go on from one step to the next. */
  numbers: { next: number };
  state: OutputState;
  problem: ProblemBody | undefined;
}

/** A feed for as long as the key stays, and how to say that it changed. */
export function useFeed(key: string): [Feed, () => void] {
  const [, changed] = useReducer((count: number) => count + 1, 0);
  // Another key is another feed.
  const feed = useMemo<Feed>(
    () => ({ steps: new Map(), numbers: { next: 1 }, state: "open", problem: undefined }),
    [key],
  );
  return [feed, changed];
}

/** What a subscriber does with a topic's pieces and its end. */
export function sinkOf(feed: Feed, changed: () => void, take: (data: unknown) => void): Sink {
  return {
    append(_, data) {
      if (feed.state !== "open") {
        // The link came back, and there is more.
        feed.state = "open";
        feed.problem = undefined;
        changed();
      }
      take(data);
    },
    end() {
      feed.state = "ended";
      changed();
    },
    error(problem) {
      feed.state = "broken";
      feed.problem = problem;
      changed();
    },
  };
}
