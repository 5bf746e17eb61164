/** Token: the join tokens this tab asked for, kept while they may be used, so that a reload goes on where it was. */
import type { Schemas } from "~/api/types";

export type JoinToken = Schemas["JoinToken"];

const PREFIX = "monitor.join.";
const told = new EventTarget();

/** Told whenever a token was kept or forgotten. */
export function watchTokens(listener: () => void): () => void {
  told.addEventListener("changed", listener);
  return () => told.removeEventListener("changed", listener);
}

/** What is kept for a server, as text; the same text is the same token. */
export function keptText(server: string): string | null {
  return sessionStorage.getItem(PREFIX + server);
}

/** The token in it; undefined if it is none. */
export function tokenOf(text: string | null): JoinToken | undefined {
  try {
    const found = JSON.parse(text ?? "null") as JoinToken | null;
    return typeof found?.token === "string" ? found : undefined;
  } catch {
    return undefined;
  }
}

export function isExpired(token: JoinToken, now: number): boolean {
  return !(Date.parse(token.expires) > now);
}

export function keepToken(server: string, token: JoinToken): void {
  sessionStorage.setItem(PREFIX + server, JSON.stringify(token));
  told.dispatchEvent(new Event("changed"));
}

export function forgetToken(server: string): void {
  if (keptText(server) === null) return;
  sessionStorage.removeItem(PREFIX + server);
  told.dispatchEvent(new Event("changed"));
}
