/** Tags of several resources at once: which there are, and one more or less on each. */
import { ask, Problem } from "~/api/http";
import type { Resource, TypeInfo } from "~/api/types";
import { inTurns } from "~/kit/action/useRunMany";
import { byNature } from "~/kit/list/sort";
import { toast } from "~/kit/toast";
import { plural } from "~/kit/units";

/** Saves asked for at the same time. */
const AT_ONCE = 4;
/** What core takes for a tag. */
const TAG = /^[a-z0-9]+([._-][a-z0-9]+)*$/;

/** Why this is no tag, in words; undefined if it is one. */
export function wrongTag(text: string): string | undefined {
  if (text.length < 2 || text.length > 63) return "2 to 63 characters";
  if (!TAG.test(text)) return "Lower-case letters, digits, and single . _ - between them";
  return undefined;
}

/** Every tag of these, and how many have it. */
export function tagsOf(resources: readonly Resource[]): [tag: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { tags } of resources) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => byNature(a, b));
}

/** Saves the tag on those that lack it (or takes it off those that have it); says how many, and who refused. */
export async function saveTag(
  type: TypeInfo,
  resources: readonly Resource[],
  tag: string,
  on: boolean,
): Promise<void> {
  const meant = resources.filter((resource) => resource.tags.includes(tag) !== on);
  const refused: { path: string; message: string }[] = [];
  await inTurns(meant, AT_ONCE, async (resource) => {
    const tags = on ? [...resource.tags, tag] : resource.tags.filter((each) => each !== tag);
    try {
      await ask("PATCH", `/${type.plural}/${resource.id}`, { body: { tags }, revision: resource.revision });
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      refused.push({ path: resource.name, message: failure.message });
    }
  });
  const done = meant.length - refused.length;
  const title = type.title.toLowerCase();
  if (done > 0)
    toast.ok(`Tag ${tag} ${on ? "added to" : "removed from"} ${plural(done, title, type.plural)}`);
  if (refused.length > 0)
    toast.problem({ title: `Tag ${tag}: ${refused.length} of ${meant.length} refused`, errors: refused });
}
