/** Happened: activities as marks on charts. Pure. */
import type { Activity } from "~/api/types";
import type { Mark, MarkKind } from "./mark";

/** What is worth a mark, as who reads it says it. */
const VERBS: Record<string, [kind: MarkKind, did: string]> = {
  "deployment.deploy": ["deploy", "deployed"],
  "deployment.roll_back": ["deploy", "rolled back"],
  "deployment.restart": ["action", "restarted"],
  "deployment.start": ["action", "started"],
  "deployment.stop": ["action", "stopped"],
  "deployment.kill": ["action", "killed"],
  "build.run": ["build", "built"],
  "deployment.update_image": ["deploy", "updated"],
  "deployment.pause": ["action", "paused"],
  "deployment.unpause": ["action", "unpaused"],
  "server.restart_containers": ["action", "restarted containers of"],
  "server.start_containers": ["action", "started containers of"],
  "server.stop_containers": ["action", "stopped containers of"],
  "server.kill_containers": ["action", "killed containers of"],
  "server.clean_up": ["action", "cleaned up"],
};
export const OPERATIONS = Object.keys(VERBS);

/** From the begin of an activity's work to its end; those that never began have nothing to show. */
export function marksOf(activities: readonly Activity[]): Mark[] {
  return activities
    .flatMap((activity): Mark[] => {
      const verb = VERBS[activity.operation];
      if (!verb || !activity.started) return [];
      const [kind, did] = verb;
      const at = Date.parse(activity.started) / 1000;
      const until = activity.ended ? Date.parse(activity.ended) / 1000 : undefined;
      const bad = activity.state === "failed" || activity.state === "interrupted";
      return [
        {
          at,
          ...(until !== undefined && { until }),
          kind,
          ...(bad && { tone: "bad" as const }),
          title: titleOf(activity, did),
          href: `?activity=${activity.id}`,
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
}

function titleOf({ who, what, state }: Activity, did: string): string {
  const done = `${who.name} ${did} ${what?.name ?? ""}`.trim();
  return state === "succeeded" ? done : `${done}: ${state}`;
}
