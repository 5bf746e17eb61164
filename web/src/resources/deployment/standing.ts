/** How a deployment stands: Docker's state and health in one word, and when that is trouble. */
import type { Deployment } from "~/api/types";
import { workingStanding } from "~/kit/resource/standing";
import type { Standing } from "~/kit/State";
import type { Known } from "../ui";

export const deploymentOf = (known: Known): Deployment => known.resource as unknown as Deployment;

export function standing(known: Known): Standing {
  return workingStanding(known.open) ?? atRest(known);
}

/** Without what is being done to it. */
export function atRest(known: Known): Standing {
  const { state, health, reason } = deploymentOf(known).status;
  const why = reason ? { reason } : {};
  switch (state) {
    case "running":
      return { ...inHealth(health), ...why };
    case "restarting":
      return { tone: "bad", word: "Restarting", ...why };
    case "dead":
      return { tone: "bad", word: "Dead", ...why };
    case "exited":
      return wasStopped(known)
        ? { tone: "off", word: "Stopped", ...why }
        : { tone: "bad", word: "Exited", ...why };
    case "unknown":
      return { tone: "warn", word: "Unknown", ...why };
    case "not_deployed":
      return { tone: "off", word: "Not deployed", ...why };
    default:
      return { tone: "off", word: state.slice(0, 1).toUpperCase() + state.slice(1), ...why };
  }
}

function inHealth(health: string): Standing {
  if (health === "unhealthy") return { tone: "bad", word: "Unhealthy" };
  if (health === "starting") return { tone: "busy", word: "Starting" };
  return { tone: "ok", word: health === "healthy" ? "Healthy" : "Running" };
}

/** An end is meant when somebody stopped it, or when the program ended without an error by itself. */
function wasStopped(known: Known): boolean {
  const { reason } = deploymentOf(known).status;
  const last = known.runs.at(-1);
  if (last?.operation === "deployment.stop" && last.state === "succeeded") return true;
  return !/exit code [1-9]/.test(reason);
}
