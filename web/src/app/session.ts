/** Session: what is opened once somebody is signed in, and closed when he no longer is. */
import type { Session } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import { Live, liveUrl } from "~/api/live";
import { Store } from "~/api/store";
import type { Me, TypeInfo, Welcome } from "~/api/types";

export interface OpenSession extends Session {
  welcome: Welcome;
}

/** The session of whoever is signed in; undefined if nobody is. Throws `Problem` when core cannot say. */
export async function openSession(
  welcome: Welcome,
  onSignedOut: () => void,
): Promise<OpenSession | undefined> {
  let me: Me;
  try {
    me = await ask<Me>("GET", "/me");
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) return undefined;
    throw failure;
  }
  const types = await ask<TypeInfo[]>("GET", "/types");
  const live = new Live(liveUrl(), onSignedOut);
  live.open();
  return { store: new Store(live), types, me, welcome };
}

export function closeSession(session: Session): void {
  session.store.live.close();
}
