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

/**
 * From the begin of an activity's work to its end; those that never began have nothing to show. `container`: of what was
 * done to a server only what had a step for that one.
 */
export function marksOf(activities: readonly Activity[], container = ""): Mark[] {
  return activities
    .filter((activity) => !container || touched(activity, container))
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
          title: titleOf(activity, did, container),
          href: `?activity=${activity.id}`,
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
}

/** `restart cache`: a step of it is named after the container. */
function touched({ steps }: Activity, container: string): boolean {
  return steps.some(({ name }) => name.slice(name.indexOf(" ") + 1) === container);
}

function titleOf({ who, what, state }: Activity, did: string, container: string): string {
  const done = container
    ? `${who.name} ${did.replace(" containers of", "")} ${container}`
    : `${who.name} ${did} ${what?.name ?? ""}`.trim();
  return state === "succeeded" ? done : `${done}: ${state}`;
}
