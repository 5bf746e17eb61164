/** useContainerLog: what a deployment's container writes, live. */
import { useMemo } from "react";
import { useLog } from "~/api/hooks";
import type { LogLine } from "~/api/types";
import { type Source, sinkOf, useFeed } from "./feed";
import { Lines } from "./lines";

/** The last `tail` lines and every new one. A replaced container is a new log: give the component its id as key. */
export function useContainerLog(deployment: string, tail: number): Source {
  const [feed, changed] = useFeed(`${deployment} ${tail}`);
  const lines = useMemo(() => new Lines(feed.numbers), [feed]);
  const sink = sinkOf(feed, changed, (data) => {
    const line = data as LogLine;
    lines.append({ stream: line.stream, at: line.at, text: `${line.text}\n` });
  });
  useLog({ topic: "deployment.follow_log", target: deployment, tail }, sink);
  return { lines, state: feed.state, problem: feed.problem };
}
