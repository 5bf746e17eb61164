/** Scope: the part of everything that carries a tag, with what that refers to. Pure. */
import type { Activity } from "~/api/types";
import type { Known } from "~/resources/ui";

/** Every resource, by type in the order of the types. */
export type World = ReadonlyMap<string, readonly Known[]>;

/** Tags, those of most resources first. */
export function tagsByUse(world: World): string[] {
  const uses = new Map<string, number>();
  for (const knowns of world.values())
    for (const { resource } of knowns)
      for (const tag of resource.tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  return [...uses].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([tag]) => tag);
}

/** What carries the tag, and what it needs: the servers it runs on, the builds it comes from. */
export function scoped(world: World, tag: string | undefined): World {
  if (tag === undefined) return world;
  const needed = new Set<string>();
  for (const knowns of world.values())
    for (const { resource } of knowns)
      if (resource.tags.includes(tag)) for (const id of Object.keys(resource.names)) needed.add(id);
  const within = ({ resource }: Known) => resource.tags.includes(tag) || needed.has(resource.id);
  return new Map([...world].map(([type, knowns]) => [type, knowns.filter(within)]));
}

/** Of a part, only what was done to its resources; of everything all but that people came and went. */
export function doneWithin(
  activities: readonly Activity[],
  world: World,
  tag: string | undefined,
): Activity[] {
  if (tag === undefined) return activities.filter(({ operation }) => !operation.startsWith("session."));
  const ids = new Set([...world.values()].flatMap((knowns) => knowns.map(({ resource }) => resource.id)));
  return activities.filter(({ what }) => what !== null && ids.has(what.id));
}
