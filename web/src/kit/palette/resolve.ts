/** Resolve: what was used lately, as the entries it is now; what is gone is left out. */
import type { TypeInfo } from "~/api/types";
import { type Entry, type Index, pair } from "./entry";
import type { Used } from "./recent";

/** `here`: the path of the page in front of the person, which is no place to go. */
export function resolved(
  used: readonly Used[],
  index: Index,
  types: readonly TypeInfo[],
  here: string,
): Entry[] {
  const byPath = new Map<string, Entry>();
  const byKey = new Map<string, Entry>();
  for (const place of index.places) {
    if (place.to) byPath.set(place.to, place);
    byKey.set(place.key, place);
  }
  return used.flatMap((each) => {
    if ("path" in each && each.path === here) return [];
    const found = "path" in each ? ofPath(each.path, byPath, index, types) : ofAction(each, byKey, index);
    return found ? [{ ...found, used: each.at }] : [];
  });
}

/** What a page is about: its resource, also when it shows one of its tabs. */
export function placeOfPage(path: string, places: readonly Entry[]): Entry | undefined {
  const page = `/${path.split("/").slice(1, 3).join("/")}`;
  return places.find(({ to, target }) => target && to === page);
}

function ofPath(
  path: string,
  byPath: ReadonlyMap<string, Entry>,
  index: Index,
  types: readonly TypeInfo[],
): Entry | undefined {
  const place = byPath.get(path);
  if (place) return place;
  const [, plural, name, tab] = path.split("/");
  const type = types.find((each) => each.plural === plural);
  const of = byPath.get(`/${plural}/${name}`);
  const verb = index.verbs.get(type?.name ?? "")?.find((each) => each.tab && each.id === tab);
  return of && verb ? pair(verb, of) : undefined;
}

function ofAction(
  { operation, type, id }: Extract<Used, { operation: string }>,
  byKey: ReadonlyMap<string, Entry>,
  index: Index,
): Entry | undefined {
  const place = byKey.get(`${type}:${id}`);
  const verb = index.verbs.get(type)?.find((each) => each.id === operation);
  // What takes something away is not done again by a slip of the hand.
  if (!place?.target || !verb?.offered(place.target.resource) || verb.quiet) return undefined;
  return pair(verb, place);
}
