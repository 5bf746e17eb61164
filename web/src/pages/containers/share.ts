/** Share: of some containers, which are acted on through their server, which through their deployment, which not now. */
import type { Activity, Resource, TypeInfo } from "~/api/types";
import { type Offer, offerOf } from "~/kit/action/offers";
import type { Placed } from "./placed";
import { hindrance, operationOf, type Verb } from "./verbs";

export interface World {
  servers: ReadonlyMap<string, Resource>;
  deployments: ReadonlyMap<string, Resource>;
  /** That of deployments. */
  type: TypeInfo;
  /** Activities that have not ended. */
  open: readonly Activity[];
}

export interface Share {
  /** Nobody's: their server is asked. */
  strays: Placed[];
  /** A deployment's: that is asked, with its own rights. */
  kept: { offer: Offer; resource: Resource }[];
  /** Why some cannot be acted on now. */
  reason: string | undefined;
}

/** What the viewer may not do at all is left out without a word. */
export function shareOf(verb: Verb, rows: readonly Placed[], world: World): Share {
  const share: Share = { strays: [], kept: [], reason: undefined };
  for (const row of rows) {
    const { deployment, server, container } = row.told;
    if (deployment) {
      const resource = world.deployments.get(deployment);
      const open = world.open.filter((activity) => activity.what?.id === deployment);
      const offer = resource && offerOf(world.type, `deployment.${verb}`, resource, open);
      if (!resource || !offer) continue;
      if (offer.blocked) share.reason = offer.blocked;
      else share.kept.push({ offer, resource });
      continue;
    }
    if (!world.servers.get(server)?.can.includes(operationOf(verb))) continue;
    const why = row.silent !== undefined ? "its server does not answer" : hindrance(verb, container);
    if (why) share.reason = why;
    else share.strays.push(row);
  }
  return share;
}
