/** Marks: what was deployed and built on a server, for its charts. Pure. */
import type { Activity } from "~/api/types";
import type { Mark } from "~/kit/chart/paint";

const VERBS: Record<string, string> = { "deployment.deploy": "deployed", "build.run": "built" };

/** Those on this server that came to an end, oldest first. */
export function marksOf(
  activities: readonly Activity[],
  server: string,
  open: (activity: string) => void,
): Mark[] {
  return activities
    .filter((activity) => activity.server === server && activity.ended && activity.operation in VERBS)
    .map((activity) => ({
      at: Date.parse(activity.ended ?? "") / 1000,
      label: labelOf(activity),
      open: () => open(activity.id),
    }))
    .sort((a, b) => a.at - b.at);
}

function labelOf({ who, what, operation, state }: Activity): string {
  const done = `${who.name} ${VERBS[operation] ?? operation} ${what?.name ?? ""}`.trim();
  return state === "succeeded" ? done : `${done}: ${state}`;
}
