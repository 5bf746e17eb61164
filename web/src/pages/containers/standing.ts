/** How a container stands: Docker's state and health in one word, and when that is trouble. */
import type { Container } from "~/api/types";
import type { Standing, Tone } from "~/kit/State";

/** Ends that somebody asked for: success, SIGINT, SIGTERM, and the SIGKILL that follows an ignored one. */
const MEANT = new Set([0, 130, 137, 143]);

/** `kept`: a deployment or a compose project wants it to run; what nobody keeps may have ended long ago, and well. */
export function containerStanding(container: Container, kept: boolean): Standing {
  const [tone, word] = toneAndWord(container, kept);
  return container.reason ? { tone, word, reason: container.reason } : { tone, word };
}

function toneAndWord(container: Container, kept: boolean): [Tone, string] {
  switch (container.state) {
    case "running":
      return inHealth(container.health);
    case "restarting":
      return ["bad", "Restarting"];
    case "dead":
      return ["bad", "Dead"];
    case "exited":
      return [kept && !wasMeant(container) ? "bad" : "off", "Exited"];
    case "removing":
      return ["busy", "Removing"];
    case "unknown":
      return ["warn", "Unknown"];
    default:
      return ["off", container.state.slice(0, 1).toUpperCase() + container.state.slice(1)];
  }
}

function inHealth(health: string): [Tone, string] {
  if (health === "unhealthy") return ["bad", "Unhealthy"];
  if (health === "starting") return ["busy", "Starting"];
  return ["ok", health === "healthy" ? "Healthy" : "Running"];
}

function wasMeant({ exit_code, reason }: Container): boolean {
  return (exit_code === null || MEANT.has(exit_code)) && !/out of memory/.test(reason);
}

/** Since when it is as it is. */
export function since({ state, started, finished, created }: Container): string {
  const ended = state === "exited" || state === "dead";
  return (ended ? finished : started) ?? finished ?? created;
}
