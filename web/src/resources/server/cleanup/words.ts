/** Words of a clean-up: kinds of things, and what became of the times it ran by itself. */
import type { Schemas } from "~/api/types";
import type { Tone } from "~/kit/State";

export type Item = Schemas["CleanUpItem"];
export type Preview = Schemas["CleanUpPreview"];
export type Times = Schemas["CleanUpTimes"];

const KINDS: Record<string, string> = {
  git_mirrors: "Mirrors of repositories",
  containers: "Stopped containers",
  build_cache: "Build cache",
  images: "Images",
  networks: "Networks",
};

/** A kind that is not known yet goes by its own name. */
export function kindTitle(kind: string): string {
  return KINDS[kind] ?? kind.replaceAll("_", " ");
}

export interface Group {
  kind: string;
  items: readonly Item[];
}

/** The items by kind, in the order they come in. */
export function byKind(items: readonly Item[]): Group[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(item.kind);
    if (known) known.push(item);
    else groups.set(item.kind, [item]);
  }
  return [...groups].map(([kind, all]) => ({ kind, items: all }));
}

/** `done`, `not run`: in words people use, with the colour that goes with it. */
export function outcomeOf(outcome: string): { word: string; tone: Tone } {
  switch (outcome) {
    case "succeeded":
      return { word: "Done", tone: "ok" };
    case "begun":
      return { word: "Running", tone: "busy" };
    case "waiting":
      return { word: "Waiting", tone: "busy" };
    case "idle":
      return { word: "Nothing to do", tone: "off" };
    case "failed":
      return { word: "Failed", tone: "bad" };
    case "refused":
      return { word: "Not run", tone: "bad" };
    default:
      return { word: outcome.charAt(0).toUpperCase() + outcome.slice(1), tone: "off" };
  }
}
