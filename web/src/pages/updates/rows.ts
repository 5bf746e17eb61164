/** Which deployments the page of updates is about, and how they are put together. */
import type { GroupBy } from "~/kit/list/groups";
import { deploymentOf } from "~/resources/deployment/standing";
import { updateOf } from "~/resources/deployment/update/words";
import { serverName, version, wanted } from "~/resources/deployment/words";
import type { Known } from "~/resources/ui";

/** Those with a newer image, and those of which it is not known; with `all` those that are up to date, too. */
export function rowsOf(items: readonly Known[], all: boolean): readonly Known[] {
  return items.filter((known) => {
    const update = updateOf(deploymentOf(known));
    return update !== undefined && (all || update.state !== "none");
  });
}

/** Of those chosen, the ones that updating would change. */
export function available(chosen: readonly Known[]): readonly Known[] {
  return chosen.filter((known) => updateOf(deploymentOf(known))?.state === "available");
}

export function countOf(items: readonly Known[], state: "available" | "unknown"): number {
  return items.filter((known) => updateOf(deploymentOf(known))?.state === state).length;
}

export const BY_IMAGE: GroupBy<Known> = {
  of: (known) => {
    const deployment = deploymentOf(known);
    return deployment.config.image.kind === "build" ? `build ${wanted(deployment)}` : version(deployment);
  },
  none: "No image",
};

export const BY_SERVER: GroupBy<Known> = {
  of: (known) => serverName(deploymentOf(known)),
  none: "A server you may not see",
};
