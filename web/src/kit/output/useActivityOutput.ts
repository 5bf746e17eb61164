/** useActivityOutput: what an activity prints, live, by step. */
import { useLog } from "~/api/hooks";
import type { OutputLine } from "~/api/types";
import { type Feed, sinkOf, useFeed } from "./feed";
import { Lines } from "./lines";

/** Steps stand in the order in which they first printed something; none is asked for without an id. */
export function useActivityOutput(activity: string | undefined): Feed {
  const [feed, changed] = useFeed(activity ?? "");
  const sink = sinkOf(feed, changed, (data) => {
    const piece = data as OutputLine;
    let lines = feed.steps.get(piece.step);
    if (!lines) {
      lines = new Lines(feed.numbers);
      // A new map, so that who compares sees that a step came.
      feed.steps = new Map(feed.steps).set(piece.step, lines);
      changed();
    }
    lines.append(piece);
  });
  useLog(activity ? { topic: "activity.follow_output", target: activity } : undefined, sink);
  return feed;
}
