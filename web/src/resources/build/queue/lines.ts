/** Lines: builds that run or wait, by the server that builds them, in the order of their turn. Pure. */
import type { Activity, Build, Resource } from "~/api/types";

export interface BuilderLine {
  /** Id of the server. */
  server: string;
  running: Activity[];
  waiting: Activity[];
}

export function builderLines(
  activities: readonly Activity[],
  builds: ReadonlyMap<string, Build | Resource>,
): BuilderLine[] {
  const lines = new Map<string, BuilderLine>();
  const inTurn = [...activities].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const activity of inTurn) {
    if (activity.operation !== "build.run") continue;
    const server = builderOf(activity, builds);
    const line = lines.get(server) ?? { server, running: [], waiting: [] };
    if (activity.state === "running") line.running.push(activity);
    if (activity.state === "queued") line.waiting.push(activity);
    if (line.running.length + line.waiting.length > 0) lines.set(server, line);
  }
  return [...lines.values()];
}

/** Where it runs, or waits to: what core says, else what its build says by now. */
function builderOf(activity: Activity, builds: ReadonlyMap<string, Build | Resource>): string {
  if (activity.turn?.lane === "builder") return activity.turn.id;
  if (activity.server) return activity.server;
  const build = builds.get(activity.what?.id ?? "") as Build | undefined;
  return build?.config.builder.server ?? "";
}
