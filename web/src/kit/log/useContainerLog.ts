/** useContainerLog: what a container writes, live, or what a search on its server finds. */
import { useMemo } from "react";
import { useLog } from "~/api/hooks";
import type { Topic } from "~/api/live";
import { keyOf } from "~/api/store";
import type { LogBlock } from "~/api/types";
import { type Source, sinkOf, useFeed } from "~/kit/output/feed";
import { Lines } from "~/kit/output/lines";

export interface LogSource extends Source {
  /** How far a search is; undefined before it says so. */
  progress: LogBlock | undefined;
}

/** What the topic brings. A replaced container is a new log: give the component its id as key. */
export function useContainerLog(topic: Topic): LogSource {
  const [feed, changed] = useFeed(keyOf(topic));
  const held = useMemo(
    () => ({ lines: new Lines(feed.numbers), progress: undefined as LogBlock | undefined }),
    [feed],
  );
  const sink = sinkOf(feed, changed, (data) => {
    const block = data as LogBlock;
    for (const { stream, at, text, more, apart } of block.lines ?? []) {
      if (apart) held.lines.append({ stream: "note", at: null, text: "⋯\n" });
      held.lines.append({ stream, at: at ?? null, text: more ? text : `${text}\n` });
    }
    if (block.searched || block.stopped) {
      held.progress = { ...block, lines: [] };
      changed();
    }
  });
  useLog(topic, sink);
  return { lines: held.lines, progress: held.progress, state: feed.state, problem: feed.problem };
}
