/** Things: what a server's Docker keeps beside containers, as the API tells it, and small truths about it. Pure. */
import type { Schemas } from "~/api/types";
import type { Standing } from "~/kit/State";

export type Image = Schemas["DockerImage"];
export type Volume = Schemas["DockerVolume"];
export type Network = Schemas["DockerNetwork"];
export type Layer = Schemas["Layer"];
export type UsedBy = Schemas["UsedBy"];

export type Kind = "image" | "volume" | "network";

/** What all three say of who uses them. */
export interface Used {
  used_by: readonly UsedBy[];
  others: number;
}

export function isUsed(thing: Used): boolean {
  return thing.used_by.length > 0 || thing.others > 0;
}

/** Used, unused, and what is special about unused images. */
export function standingOf(thing: Used & { dangling?: boolean; builtin?: boolean }): Standing {
  if (isUsed(thing)) return { tone: "ok", word: "In use" };
  if (thing.builtin) return { tone: "off", word: "Docker’s own" };
  return thing.dangling ? { tone: "warn", word: "Dangling" } : { tone: "off", word: "Unused" };
}

/** How an image is called: its first tag, else its digest, else what is left of its id. */
export function imageName(image: Pick<Image, "id" | "tags" | "digests">): string {
  return image.tags[0] ?? image.digests[0]?.replace(/@sha256:(.{12}).*$/, "@$1…") ?? shortId(image.id);
}

/** The twelve characters Docker shows. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}

/** A volume's name, of one Docker named only its beginning. */
export function volumeName(volume: Pick<Volume, "name" | "anonymous">): string {
  return volume.anonymous ? `${volume.name.slice(0, 12)}…` : volume.name;
}

/** `deployment web, container tmp and 2 more`; the words a search finds, too. */
export function usersOf(thing: Used): string {
  const named = thing.used_by.map((user) => user.name);
  const more = thing.others > 0 ? [`${thing.others} you may not see`] : [];
  return [...named, ...more].join(", ");
}
