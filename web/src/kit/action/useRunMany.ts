/** useRunMany: the same for many resources at once: one activity that leads theirs, or each asked for by itself. */
import { useCallback } from "react";
import { useTypes } from "~/api/hooks";
import { Problem } from "~/api/http";
import type { Resource } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { remember } from "~/kit/activity/remembered";
import { toast } from "~/kit/toast";
import { plural } from "~/kit/units";
import { openDialog } from "./asked";
import { batchOffer } from "./batchOffer";
import type { Offer } from "./offers";
import type { Params } from "./params";
import { whilePending } from "./pending";
import { isActivity, send } from "./send";

const AT_ONCE = 4;

/** `offer` is that of any of them; what blocks one of them core says itself. */
export type RunMany = (offer: Offer, resources: readonly Resource[], params?: Params) => Promise<void>;

export function useRunMany(): RunMany {
  const types = useTypes();
  const { open } = useDrawer();
  return useCallback<RunMany>(
    async (offer, resources, params) => {
      const batch = resources.length > 1 ? batchOffer(types, offer) : undefined;
      if (batch) {
        const submit = async (given: Params) => {
          const more = { operation: batch.verb, ids: resources.map(({ id }) => id) };
          const answer = await send(batch.offer.operation, "", { ...given, ...more });
          if (!isActivity(answer)) return;
          remember(answer.id);
          open(answer.id);
        };
        openDialog({ at: "asking", offer: batch.offer, resources, submit });
        return;
      }
      if (!params && offer.asks) {
        openDialog({ at: "asking", offer, resources, submit: (given) => all(offer, resources, given) });
        return;
      }
      await all(offer, resources, params ?? {});
    },
    [types, open],
  );
}

interface Refusal {
  path: string;
  message: string;
}

async function all(offer: Offer, resources: readonly Resource[], params: Params): Promise<void> {
  const refused: Refusal[] = [];
  await inTurns(resources, AT_ONCE, async (resource) => {
    try {
      await whilePending(resource.id, offer.operation.name, () => send(offer.operation, resource.id, params));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      refused.push({ path: resource.name, message: failure.message });
    }
  });
  tell(offer, resources.length, refused);
}

function tell(offer: Offer, count: number, refused: readonly Refusal[]): void {
  const done = count - refused.length;
  const word = offer.operation.kind === "action" ? "started" : "done";
  if (refused.length === 0) toast.ok(`${offer.label}: ${plural(done, word, word)}`);
  else
    toast.problem({
      title: `${offer.label}: ${done} ${word}, ${refused.length} refused`,
      errors: [...refused],
    });
}

/** Works through a list, so many at the same time. */
export async function inTurns<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
