/** Words: what an action is about, in a title and in what has to be typed. */
import type { Resource } from "~/api/types";

/** `api`, or `5 at once`. */
export function targetsOf(resources: readonly Resource[]): string {
  return resources.length === 1 ? (resources[0]?.name ?? "") : `${resources.length} at once`;
}

/** What has to be typed before anything is destroyed: the name, or how many. */
export function proofOf(label: string, resources: readonly Resource[]): string {
  const [first] = resources;
  return resources.length === 1 && first ? first.name : `${label.toLowerCase()} ${resources.length}`;
}
