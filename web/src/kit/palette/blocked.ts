/** Blocked: why an action cannot be done right now, as the buttons of its resource's page say it. */
import type { Activity, TypeInfo } from "~/api/types";
import { offerOf } from "~/kit/action/offers";
import type { Entry } from "./entry";

export function blockedNow(
  types: readonly TypeInfo[],
  open: ReadonlyMap<string, readonly Activity[]>,
): (entry: Entry) => Entry {
  return (entry) => {
    const { operation, target } = entry;
    const type = types.find(({ name }) => name === target?.type);
    if (!operation || !target || !type) return entry;
    const offer = offerOf(type, operation, target.resource, open.get(target.resource.id));
    return offer?.blocked ? { ...entry, not: offer.blocked } : entry;
  };
}
