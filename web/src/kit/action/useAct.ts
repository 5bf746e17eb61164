/** useAct: do something with a resource, from any button, menu or the palette; its activity opens by itself. */
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTypes } from "~/api/hooks";
import { Problem } from "~/api/http";
import type { Activity, Resource, TypeInfo } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { DRAWER_DOCKS } from "~/kit/activity/docks";
import { remember } from "~/kit/activity/remembered";
import { toast } from "~/kit/toast";
import { openDialog } from "./asked";
import { type Offer, offers } from "./offers";
import type { Params } from "./params";
import { whilePending } from "./pending";
import { isActivity, send } from "./send";

/** Answers the activity where there is one; undefined after an edit, a refusal, or when a dialog asks first. */
export type Act = (
  what: Offer | string,
  resource: Resource,
  params?: Params,
) => Promise<Activity | undefined>;

export function useAct(): Act {
  const types = useTypes();
  const { open } = useDrawer();
  const navigate = useNavigate();
  return useCallback<Act>(
    async (what, resource, params) => {
      const offer = typeof what === "string" ? named(what, types, resource) : what;
      if (!offer) return undefined;
      if (offer.blocked) {
        toast.info(`${offer.label} ${resource.name} is not possible now`, { detail: offer.blocked });
        return undefined;
      }
      const plural = types.find((type) => offer.operation.name.startsWith(`${type.name}.`))?.plural ?? "";
      const show = (name: string) => void navigate({ to: `/${plural}/${name}` });
      const run = (given: Params) =>
        whilePending(resource.id, offer.operation.name, () => perform(offer, resource, given, open, show));
      if (!params && offer.asks) {
        const submit = async (given: Params) => void (await run(given));
        openDialog({ at: "asking", offer, resources: [resource], submit });
        return undefined;
      }
      try {
        return await run(params ?? offer.says ?? {});
      } catch (failure) {
        if (!(failure instanceof Problem)) throw failure;
        if (failure.status !== 401)
          toast.problem(failure, { title: `${offer.label} ${resource.name}: refused` });
        return undefined;
      }
    },
    [types, open, navigate],
  );
}

function named(name: string, types: readonly TypeInfo[], resource: Resource): Offer | undefined {
  const type = types.find((each) => name.startsWith(`${each.name}.`));
  return type && offers(type, resource).find((each) => each.operation.name === name);
}

async function perform(
  offer: Offer,
  resource: Resource,
  params: Params,
  open: (id: string) => void,
  show: (name: string) => void,
): Promise<Activity | undefined> {
  const answer = await send(offer.operation, resource.id, params);
  if (isActivity(answer)) {
    remember(answer.id);
    if (matchMedia(DRAWER_DOCKS).matches) open(answer.id);
    else
      toast.info(`${offer.label} ${resource.name}: started`, {
        about: answer.id,
        action: { label: "Watch", run: () => open(answer.id) },
      });
    return answer;
  }
  const made = madeOf(answer, resource);
  if (made) toast.ok(`${made} was made`, { action: { label: "Open", run: () => show(made) } });
  else if (isPlain(answer)) openDialog({ at: "answered", title: `${offer.label}: ${resource.name}`, answer });
  else toast.ok(offer.destroys ? `${resource.name} was deleted` : `${offer.label} ${resource.name}: done`);
  return undefined;
}

/** The name of another resource an edit made. */
function madeOf(answer: unknown, of: Resource): string | undefined {
  if (typeof answer !== "object" || answer === null || !("revision" in answer)) return undefined;
  const { id, name } = answer as Resource;
  return id === of.id ? undefined : name;
}

/** An answer that has to be shown, since it is no resource and says something. */
function isPlain(answer: unknown): answer is Record<string, unknown> {
  return typeof answer === "object" && answer !== null && !("revision" in answer);
}
