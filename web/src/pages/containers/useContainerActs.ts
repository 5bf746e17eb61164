/** useContainerActs: do something with containers, wherever they run and whoever owns them; one activity for a server. */
import { useCallback, useMemo } from "react";
import { isOpen, useActivities, useDeployments, useServers, useType } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Activity, OperationInfo, Resource } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { openDialog } from "~/kit/action/asked";
import type { Offer } from "~/kit/action/offers";
import type { Params } from "~/kit/action/params";
import { useAct } from "~/kit/action/useAct";
import { useRunMany } from "~/kit/action/useRunMany";
import { DRAWER_DOCKS } from "~/kit/activity/docks";
import { remember } from "~/kit/activity/remembered";
import { parametersOf } from "~/kit/form/parameters";
import { toast } from "~/kit/toast";
import { plural } from "~/kit/units";
import type { Placed } from "./placed";
import { type Share, shareOf, type World } from "./share";
import { LABELS, operationOf, type Verb } from "./verbs";

export interface ContainerActs {
  share(verb: Verb, rows: readonly Placed[]): Share;
  run(verb: Verb, share: Share): void;
}

export function useContainerActs(): ContainerActs {
  const { items: servers } = useServers();
  const { items: deployments } = useDeployments();
  const type = useType("deployment");
  const operations = useType("server").operations;
  const { list } = useActivities();
  const runMany = useRunMany();
  const act = useAct();
  const { open } = useDrawer();
  const world = useMemo<World>(
    () => ({ servers, deployments, type, open: list.filter(isOpen) }),
    [servers, deployments, type, list],
  );

  const share = useCallback((verb: Verb, rows: readonly Placed[]) => shareOf(verb, rows, world), [world]);
  const run = useCallback(
    (verb: Verb, { strays, kept }: Share) => {
      const operation = operations.find((each) => each.name === operationOf(verb));
      const [first] = kept;
      if (strays.length === 0 || !operation) {
        if (first && kept.length === 1) void act(first.offer, first.resource);
        else if (first)
          void runMany(
            first.offer,
            kept.map((each) => each.resource),
          );
        return;
      }
      const submit = async (params: Params) => {
        const resources = kept.map((each) => each.resource);
        if (first) void runMany(first.offer, resources, fitting(params, first.offer));
        await sendAll(verb, strays, params, open);
      };
      const resources = [...named(strays), ...kept.map((each) => each.resource)];
      if (verb === "kill" || verb === "remove")
        openDialog({ at: "asking", offer: offerFor(verb, operation), resources, submit });
      else void submit({}).catch(told(verb));
    },
    [operations, act, runMany, open],
  );
  return { share, run };
}

/** One request for each server. Throws the first refusal, once all are through. */
async function sendAll(
  verb: Verb,
  strays: readonly Placed[],
  params: Params,
  open: (id: string) => void,
): Promise<void> {
  const by = new Map<string, string[]>();
  for (const { told } of strays) by.set(told.server, [...(by.get(told.server) ?? []), told.container.id]);
  const path = operationOf(verb).replace("server.", "");
  const asked = [...by].map(([server, containers]) =>
    ask<Activity>("POST", `/servers/${server}/${path}`, { body: { ...given(params), containers } }),
  );
  const ends = await Promise.allSettled(asked);
  const begun = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  for (const { id } of begun) remember(id);
  const [only] = begun;
  if (only && begun.length === 1 && matchMedia(DRAWER_DOCKS).matches) open(only.id);
  else if (only) {
    const watch = { about: only.id, action: { label: "Watch", run: () => open(only.id) } };
    toast.info(`${LABELS[verb]}: ${plural(strays.length, "container")}`, begun.length === 1 ? watch : {});
  }
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

function told(verb: Verb): (failure: unknown) => void {
  return (failure) => {
    if (!(failure instanceof Problem)) throw failure;
    if (failure.status !== 401) toast.problem(failure, { title: `${LABELS[verb]}: refused` });
  };
}

function given(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}

/** Of what was asked about all of them, what a deployment's own operation takes. */
function fitting(params: Params, offer: Offer): Params {
  const names = new Set(offer.fields.map((field) => field.name));
  return Object.fromEntries(Object.entries(given(params)).filter(([name]) => names.has(name)));
}

/** What is asked about containers; which ones is known. */
function offerFor(verb: Verb, operation: OperationInfo): Offer {
  const fields = parametersOf(operation).filter(({ name }) => name !== "containers" && name !== "project");
  return {
    operation,
    label: LABELS[verb],
    danger: operation.danger || verb === "kill",
    destroys: verb === "remove",
    asks: true,
    blocked: undefined,
    fields,
  };
}

/** Dialogs name resources; of a container they need no more than its name. */
function named(rows: readonly Placed[]): Resource[] {
  return rows.map(({ id, told }) => ({ id, name: told.container.name }) as Resource);
}
