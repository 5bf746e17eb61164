/** Placed: each container with its server and what keeps it, as rows that stay the same while nothing about them changes. */
import type { Resource, Schemas } from "~/api/types";
import { containerKey, type Signs } from "~/kit/alert/signs";
import type { Sign, Standing } from "~/kit/State";
import { isDockerSilent, isUp, type ServerResource } from "~/resources/server/model";
import { containerStanding } from "./standing";

export type PlacedContainer = Schemas["PlacedContainer"];

/** A server as far as its containers' rows show it. */
export interface Place {
  id: string;
  name: string;
  /** Since when nobody knows what runs there, if so. */
  silent: string | null | undefined;
}

export interface Placed {
  /** `server/container`, the topic's key. */
  id: string;
  told: PlacedContainer;
  /** Undefined where the viewer may not read its server. */
  place: Place | undefined;
  /** Since when nobody knows how it stands, if so. */
  silent: string | null | undefined;
  /** Name of the deployment it is, as far as the viewer may see it. */
  deployment: string;
  /** What it is alerted of. */
  alert: Sign | undefined;
}

/** By id; a place that is as it was is the same object. */
export function placesOf(
  servers: ReadonlyMap<string, ServerResource>,
  before: ReadonlyMap<string, Place>,
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let same = servers.size === before.size;
  for (const [id, server] of servers) {
    const silent = silence(server);
    const old = before.get(id);
    const kept = old && old.name === server.name && old.silent === silent ? old : undefined;
    same &&= kept !== undefined;
    places.set(id, kept ?? { id, name: server.name, silent });
  }
  return same ? before : places;
}

/** Null where the host has never said. */
function silence(server: ServerResource): string | null | undefined {
  if (isUp(server) && !isDockerSilent(server)) return undefined;
  return server.status.since;
}

/** A deployment as far as its container's row shows it. */
type Kept = Pick<Resource, "name"> & { status?: object };

/** Where its server may not be read, the deployment says whether anything is known. */
function unknownSince(deployment: Kept | undefined): string | null | undefined {
  const { state, since } = (deployment?.status ?? {}) as { state?: string; since?: string | null };
  return state === "unknown" ? (since ?? null) : undefined;
}

export function placedOf(
  told: ReadonlyMap<string, PlacedContainer>,
  places: ReadonlyMap<string, Place>,
  deployments: ReadonlyMap<string, Kept>,
  signs: Signs,
  before: ReadonlyMap<string, Placed>,
): ReadonlyMap<string, Placed> {
  const rows = new Map<string, Placed>();
  for (const [id, each] of told) {
    const place = places.get(each.server);
    const keeper = deployments.get(each.deployment);
    const deployment = keeper?.name ?? "";
    const silent = place ? place.silent : unknownSince(keeper);
    const alert = signOf(signs, each);
    const old = before.get(id);
    const kept =
      old?.told === each &&
      old.place === place &&
      old.silent === silent &&
      old.deployment === deployment &&
      old.alert === alert;
    rows.set(id, kept ? old : { id, told: each, place, silent, deployment, alert });
  }
  return rows;
}

/** What a container is alerted of. */
export function signOf({ ofContainers }: Signs, told: PlacedContainer): Sign | undefined {
  return ofContainers.get(told.deployment || containerKey(told.server, told.container.name));
}

export type Keeper = "managed" | "compose" | "none";

/** What keeps it: a deployment, a compose project, or nothing Monitor knows. */
export function keeperOf({ told }: Pick<Placed, "told">): Keeper {
  if (told.deployment) return "managed";
  return told.container.project ? "compose" : "none";
}

export function standingOf(row: Placed): Standing {
  const standing = containerStanding(row.told.container, keeperOf(row) !== "none");
  return row.alert ? { ...standing, alert: row.alert } : standing;
}

/** Its deployment's page, else its own on its server. */
export function pageOf({ told, place, deployment }: Placed): string {
  if (deployment) return `/deployments/${deployment}`;
  return `/servers/${place?.name ?? told.server}/containers/${encodeURIComponent(told.container.name)}`;
}
