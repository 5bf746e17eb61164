/** Verbs: what can be done with a container as it is, and when that makes no sense. Pure. */
import type { Container } from "~/api/types";

export const VERBS = ["start", "stop", "restart", "pause", "unpause", "kill", "remove"] as const;
export type Verb = (typeof VERBS)[number];

export const LABELS: Readonly<Record<Verb, string>> = {
  start: "Start",
  stop: "Stop",
  restart: "Restart",
  pause: "Pause",
  unpause: "Unpause",
  kill: "Kill",
  remove: "Remove",
};

const UP = new Set(["running", "paused", "restarting"]);

/** The operation of the server that does it to what no deployment owns. */
export function operationOf(verb: Verb): string {
  return `server.${verb}_containers`;
}

/** Why it cannot be done now; undefined if it can. */
export function hindrance(verb: Verb, { state }: Pick<Container, "state">): string | undefined {
  if (state === "removing") return "it is being removed";
  switch (verb) {
    case "start":
      return UP.has(state) ? `it is ${state}${state === "running" ? " already" : ""}` : undefined;
    case "stop":
    case "kill":
      return UP.has(state) ? undefined : "it is not running";
    case "pause":
      return state === "running"
        ? undefined
        : state === "paused"
          ? "it is paused already"
          : "it is not running";
    case "unpause":
      return state === "paused" ? undefined : "it is not paused";
    default:
      return undefined;
  }
}
