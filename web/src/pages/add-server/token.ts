/** Token: the join token this tab asked for, kept until it expires, so that a reload goes on where it was. */
import type { Schemas } from "~/api/types";

export type JoinToken = Schemas["JoinToken"];

const PREFIX = "monitor.join.";

/** The server's, if this tab made one that may still be used at `now` (ms). */
export function keptToken(
  server: string,
  now: number,
  place: Storage = sessionStorage,
): JoinToken | undefined {
  try {
    const found = JSON.parse(place.getItem(PREFIX + server) ?? "null") as JoinToken | null;
    if (found && Date.parse(found.expires) > now) return found;
  } catch {
    // Not what was written here: as good as none.
  }
  place.removeItem(PREFIX + server);
  return undefined;
}

export function keepToken(server: string, token: JoinToken, place: Storage = sessionStorage): void {
  place.setItem(PREFIX + server, JSON.stringify(token));
}

export function forgetToken(server: string, place: Storage = sessionStorage): void {
  place.removeItem(PREFIX + server);
}
