/** Focus: which step of an activity is open by itself. */
import type { Lines } from "~/kit/output/lines";
import type { Segment } from "./progress";

type Steps = ReadonlyMap<string, Lines>;

/** The one that runs, else the one that failed, else the one that printed most. */
export function focusOf(parts: readonly Pick<Segment, "name" | "state">[], steps: Steps): string | undefined {
  const active =
    parts.find((part) => part.state === "now") ??
    parts.find((part) => part.state === "failed" || part.state === "stopped");
  if (active) return active.name;
  let most: [name: string, count: number] | undefined;
  for (const [name, { end }] of steps) if (!most || end > most[1]) most = [name, end];
  return most?.[0];
}

/** The step that printed a line. */
export function stepOf(steps: Steps, line: number | undefined): string | undefined {
  if (line === undefined) return undefined;
  for (const [name, lines] of steps) if (lines.at(lines.find(line))?.n === line) return name;
  return undefined;
}
