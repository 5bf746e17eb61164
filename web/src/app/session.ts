/** Session: what is opened once somebody is signed in, and closed when he no longer is. */
import type { Session } from "~/api/hooks";
import { ask } from "~/api/http";
import { Live, liveUrl } from "~/api/live";
import { Store } from "~/api/store";
import type { Me, TypeInfo, Welcome } from "~/api/types";

/** The session of whoever is signed in; undefined if nobody is. Throws `Problem` when core cannot say. */
export async function openSession(welcome: Welcome, onSignedOut: () => void): Promise<Session | undefined> {
  if (!welcome.signed_in) return undefined;
  const [me, types] = await Promise.all([ask<Me>("GET", "/me"), ask<TypeInfo[]>("GET", "/types")]);
  const live = new Live(liveUrl(), onSignedOut);
  live.open();
  return { store: new Store(live), types, me, welcome };
}

export function closeSession(session: Session): void {
  session.store.live.close();
}
