/** Places: what can be gone to, as entries; one is made anew only when what it is of has changed. */
import { IconActivity, IconBox, IconUser } from "@tabler/icons-react";
import type { Activity, Resource, Schemas, TypeInfo, User } from "~/api/types";
import { activityTitle } from "~/kit/activity/title";
import { uiOf } from "~/resources/registry";
import { type Entry, entry } from "./entry";
import type { Piece } from "./pieces";

export type PlacedContainer = Schemas["PlacedContainer"];

const ORDER: Record<string, number> = { server: 1, deployment: 2 };
const OTHER_TYPE = 3;
const PERSON = 4;
const CONTAINER = 5;
const ACTIVITY = 6;

/** How many entries may be made anew before somebody else gets his turn. */
export interface Budget {
  left: number;
  /** Some had to wait. */
  short: boolean;
}

function spent(budget: Budget): boolean {
  budget.short ||= budget.left <= 0;
  budget.left -= 1;
  return budget.left >= 0;
}

const resources = new WeakMap<Resource, Entry>();

/** `api on web-2`, `web-7`, `site build, from acme/site`; undefined if it has to wait. */
export function resourcePlace(type: TypeInfo, resource: Resource, budget: Budget): Entry | undefined {
  const known = resources.get(resource);
  if (known || !spent(budget)) return known;
  const made = entry({
    key: `${type.name}:${resource.id}`,
    pieces: [{ text: resource.name }, ...whereOf(type, resource)],
    also: moreOf(resource),
    icon: uiOf(type.name).icon,
    order: ORDER[type.name] ?? OTHER_TYPE,
    to: `/${type.plural}/${resource.name}`,
    target: { type: type.name, resource },
  });
  resources.set(resource, made);
  return made;
}

/** What of its config says where it is: the server it runs on, the repository it is made from. */
function whereOf(type: TypeInfo, { config, names }: Resource): Piece[] {
  const { server, source } = config as { server?: unknown; source?: { url?: unknown } };
  const on = typeof server === "string" ? names[server] : undefined;
  if (on) return [{ text: " on ", faint: true }, { text: on }];
  if (type.name === "server") return [];
  const kind = { text: ` ${type.title.toLowerCase()}`, faint: true };
  if (typeof source?.url !== "string") return [kind];
  return [{ ...kind, text: `${kind.text}, from ` }, { text: repositoryOf(source.url) }];
}

/** `acme/site` of `https://git.example.org/acme/site.git`. */
export function repositoryOf(url: string): string {
  return url
    .replace(/\.git$/, "")
    .split(/[/:]/)
    .filter(Boolean)
    .slice(-2)
    .join("/");
}

/** What it is found by beside its name: tags, description, image, address. */
function moreOf({ tags, description, config, names, info, status }: Resource): string {
  const { image, address, container_name } = config as Record<string, unknown>;
  const { kind: _, ...parts } =
    typeof image === "object" && image !== null ? (image as Record<string, unknown>) : { image };
  const named = Object.values(parts).map((part) => (typeof part === "string" ? (names[part] ?? part) : part));
  const told = [(info as { image?: unknown }).image, (status as { image?: unknown }).image];
  return [...tags, description, address, container_name, ...named, ...told]
    .filter((word) => typeof word === "string" && word !== "")
    .join(" ");
}

const containers = new WeakMap<PlacedContainer, Entry>();

/** `log-shipper container on web-7`; undefined if it has to wait, or is found as its deployment. */
export function containerPlace(
  placed: PlacedContainer,
  servers: ReadonlyMap<string, Resource>,
  deployments: ReadonlyMap<string, unknown>,
  budget: Budget,
): Entry | undefined {
  if (placed.deployment && deployments.has(placed.deployment)) return undefined;
  const known = containers.get(placed);
  const host = servers.get(placed.server);
  // Servers come by another topic, a moment later.
  if (known || !host || !spent(budget)) return known;
  const { container } = placed;
  const server = host.name;
  const made = entry({
    key: `container:${placed.server}/${container.name}`,
    pieces: [{ text: container.name }, { text: " container on ", faint: true }, { text: server }],
    also: [container.image, container.project, container.service].filter(Boolean).join(" "),
    icon: IconBox,
    order: CONTAINER,
    to: `/servers/${server}/containers/${encodeURIComponent(container.name)}`,
    placed,
  });
  containers.set(placed, made);
  return made;
}

export function personPlace(user: User): Entry {
  return entry({
    key: `user:${user.id}`,
    pieces: [{ text: user.name }, { text: user.admin ? " person, admin" : " person", faint: true }],
    icon: IconUser,
    order: PERSON,
    to: `/people/${user.name}`,
  });
}

/** Typed like an id: the activities it may be the id of, and the one it is if nobody here knows it yet. */
export function activityPlaces(query: string, list: Iterable<Activity>, types: readonly TypeInfo[]): Entry[] {
  const typed = query.trim().toUpperCase();
  if (!/^(?=.*\d)[0-9A-HJKMNP-TV-Z]{5,26}$/.test(typed)) return [];
  const found: Entry[] = [];
  for (const activity of list) {
    if (!activity.id.includes(typed)) continue;
    found.push(activityPlace(activity.id, activityTitle(activity, types)));
  }
  if (found.length === 0 && typed.length === 26) found.push(activityPlace(typed, "Activity"));
  return found;
}

function activityPlace(id: string, title: string): Entry {
  return entry({
    key: `activity:${id}`,
    pieces: [{ text: title }, { text: " activity ", faint: true }, { text: id, faint: true }],
    icon: IconActivity,
    order: ACTIVITY,
    to: `/activity?activity=${id}`,
    activity: id,
  });
}
