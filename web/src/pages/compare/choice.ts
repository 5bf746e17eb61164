/** Choice: what is compared, as the page's address says it. Pure. */
import type { Kind } from "./kinds";

/** More lines than these are not told apart any more. */
export const MOST = 6;
/** With an earlier time each has two. */
export const MOST_TWICE = 3;

const DAY = 86_400;
export const EARLIER = [
  { value: "none", label: "Nothing", seconds: 0, words: "" },
  { value: "day", label: "A day before", seconds: DAY, words: "a day before" },
  { value: "week", label: "A week before", seconds: 7 * DAY, words: "a week before" },
] as const;
export type Earlier = (typeof EARLIER)[number];

/** Names in the order they were chosen, each once. */
export function readNames(text: string | undefined): string[] {
  return [...new Set(text?.split(",").filter(Boolean) ?? [])].slice(0, MOST);
}

/** Where so many are compared with an earlier time, if at all. */
export function earlierOf(text: string | undefined, names: number): Earlier {
  const found = EARLIER.find(({ value }) => value === text) ?? EARLIER[0];
  return names > MOST_TWICE ? EARLIER[0] : found;
}

/** Where those of these names are compared. */
export const compareWith =
  (kind: Kind["id"]) =>
  (names: readonly string[]): string =>
    `/compare?${kind}=${names.map(encodeURIComponent).join(",")}`;

/** What was chosen on the page, else what there are names of. */
export function kindOf(
  chosen: string | undefined,
  names: { deployments: string | undefined; containers: string | undefined },
): Kind["id"] {
  if (chosen === "servers" || chosen === "deployments" || chosen === "containers") return chosen;
  if (names.deployments !== undefined) return "deployments";
  return names.containers === undefined ? "servers" : "containers";
}

/** Two servers may have one of the same name; without the server where that may not be read. */
export const containerName = (server: string | undefined, name: string): string =>
  server ? `${server}/${name}` : name;
