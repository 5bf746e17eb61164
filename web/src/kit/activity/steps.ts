/** Steps: what the steps of a job are called, and what stays true while it runs. */
import type { Activity } from "~/api/types";

const STEPS: Record<string, Record<string, string>> = {
  "deployment.deploy": {
    pull: "Pull the image",
    create: "Create the new container beside the old one",
    rename: "Take over the name and ports",
    start: "Start the new container",
    verify: "Wait until it stays up",
    remove: "Remove the old container",
  },
  "deployment.start": { start: "Start the container" },
  "deployment.stop": { stop: "Stop the container" },
  "deployment.restart": { restart: "Restart the container" },
  "deployment.remove": { remove: "Remove the container" },
  "deployment.delete": { remove: "Remove the container" },
  "build.run": { clone: "Fetch the source", build: "Build the image", inspect: "Check the image" },
};

/** A step as people read it. */
export function stepTitle(operation: string, step: string): string {
  const said = STEPS[operation]?.[step];
  if (said) return said;
  const text = step.replaceAll("_", " ");
  return text ? text.slice(0, 1).toUpperCase() + text.slice(1) : "Before the first step";
}

/** Before these steps of a deploy the old container runs. */
const OLD_RUNS = new Set(["pull", "create"]);

/** What stays true meanwhile, or what a cancellation means; empty where there is nothing to say. */
export function meanwhile(activity: Activity): string {
  if (activity.state === "queued") return "Nothing has been changed yet";
  if (activity.state !== "running") return "";
  if (activity.cancel_requested) return "What it had changed is put back";
  const step = activity.steps.at(-1)?.name ?? "";
  switch (activity.operation) {
    case "deployment.deploy":
      if (step === "remove") return "The new container is up and stays";
      if (step === "" || OLD_RUNS.has(step)) return "The old container runs on until the new one takes over";
      return "If the new container does not stay up, the old one comes back";
    case "build.run":
      return "What is deployed stays as it is";
    case "deployment.restart":
      return "The container is back in a moment";
    case "deployment.stop":
    case "deployment.remove":
      return "Every volume stays";
    default:
      return "";
  }
}
