/** Entry: one line of the palette: somewhere to go, or something to do. */
import type { ComponentType } from "react";
import type { Resource, Schemas } from "~/api/types";
import { type Text, textOf } from "./match";
import { type Piece, shownOf } from "./pieces";

export type Icon = ComponentType<{ size?: number; stroke?: number }>;

export interface Target {
  type: string;
  resource: Resource;
}

export interface Entry {
  /** Stable, so that it is known again among the recent ones. */
  key: string;
  pieces: readonly Piece[];
  text: Text;
  icon: Icon;
  /** Among equally good ones, the lower comes first. */
  order: number;
  /** Where it leads. */
  to?: string;
  /** What it does instead. */
  run?: () => void;
  /** The operation it asks for, on its target. */
  operation?: string;
  target?: Target;
  placed?: Schemas["PlacedContainer"];
  /** An activity's id: it opens in the drawer, wherever one is. */
  activity?: string;
  /** Why it cannot be done now. */
  not?: string | undefined;
  /** A word at the right. */
  hint?: string;
  /** When it was last used, in ms since the epoch. */
  used?: number;
}

/** What can be done with any resource of a type: an operation, or one of its tabs. */
export interface Verb {
  type: string;
  /** `deployment.restart` of an operation, `log` of a tab. */
  id: string;
  /** `Restart `, `Log of `: what stands before the resource. */
  before: string;
  icon: Icon;
  tab: boolean;
  /** Offered only to who asks for it by name: it takes something away, or is done once in a while. */
  quiet: boolean;
  text: Text;
  offered(resource: Resource): boolean;
  to?(resource: Resource): string;
}

/** All that can be found. */
export interface Index {
  places: readonly Entry[];
  commands: readonly Entry[];
  verbs: ReadonlyMap<string, readonly Verb[]>;
}

type Given = Omit<Entry, "text"> & { also?: string };

export function entry({ also, ...rest }: Given): Entry {
  return { ...rest, text: textOf(shownOf(rest.pieces), also) };
}

/** A verb with one resource: `Restart api on web-7`, `Log of api on web-2`. */
export function pair(verb: Verb, place: Entry): Entry {
  const pieces = [{ text: verb.before }, ...place.pieces];
  const resource = place.target?.resource;
  return {
    key: `${verb.id}:${place.key}`,
    pieces,
    text: textOf(shownOf(pieces)),
    icon: verb.icon,
    order: place.order,
    ...(verb.tab ? {} : { operation: verb.id }),
    ...(place.target ? { target: place.target } : {}),
    ...(resource && verb.to ? { to: verb.to(resource) } : {}),
    ...(resource && !verb.tab ? { not: resource.not_now?.[verb.id] } : {}),
  };
}
