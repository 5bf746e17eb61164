/** How screens read the live store and send requests. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import type { LinkState, Sink, Topic } from "./live";
import { type Collection, keyOf, type Store } from "./store";
import type { Activity, Build, Deployment, Me, Resource, Server, TypeInfo, Welcome } from "./types";

export interface Session {
  store: Store;
  types: TypeInfo[];
  /** As it was when the page opened; the live topic takes over from there. */
  me: Me;
  welcome: Welcome;
}

export const SessionContext = createContext<Session | undefined>(undefined);

function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("outside of a session");
  return session;
}

/** A state topic, live. The same topic read in several places is one subscription. */
export function useTopic<T>(topic: Topic): Collection<T> {
  const { store } = useSession();
  const key = keyOf(topic);
  const stable = useMemo(() => topic, [key]);
  const watch = useCallback((told: () => void) => store.watch(stable, told), [store, stable]);
  return useSyncExternalStore(watch, () => store.read<T>(stable));
}

/** A log topic: `sink` is called for each line until the component goes or the topic changes. */
export function useLog(topic: Topic | undefined, sink: Sink): void {
  const { store } = useSession();
  const latest = useRef(sink);
  latest.current = sink;
  const key = topic ? keyOf(topic) : "";
  useEffect(() => {
    if (!topic) return;
    return store.live.subscribe(topic, {
      append: (seq, data) => latest.current.append?.(seq, data),
      end: () => latest.current.end?.(),
      error: (problem) => latest.current.error?.(problem),
    });
  }, [store, key]);
}

/** Every resource of a type the viewer may read, live, by id. */
export function useResources<R extends Resource = Resource>(type: string): Collection<R> {
  return useTopic<R>({ topic: `${type}.changes` });
}

export const useServers = (): Collection<Server & Resource> => useResources<Server & Resource>("server");
export const useBuilds = (): Collection<Build & Resource> => useResources<Build & Resource>("build");
export const useDeployments = (): Collection<Deployment & Resource> =>
  useResources<Deployment & Resource>("deployment");

/** One resource by name or id; undefined while unknown or when there is none. */
export function useResource<R extends Resource>(
  type: string,
  ref: string,
): { found: R | undefined; ready: boolean } {
  const { items, ready } = useResources<R>(type);
  const found = useMemo(
    () => items.get(ref) ?? [...items.values()].find((r) => r.name === ref),
    [items, ref],
  );
  return { found, ready };
}

/** The newest activities and every open one, live, newest first. */
export function useActivities(): { list: Activity[]; ready: boolean } {
  const { items, ready } = useTopic<Activity>({ topic: "activity.watch" });
  const list = useMemo(() => [...items.values()].sort((a, b) => (a.id < b.id ? 1 : -1)), [items]);
  return { list, ready };
}

/** Queued and running activities of one resource, the oldest first. */
export function useOpenActivities(resource: string): Activity[] {
  const { list } = useActivities();
  return useMemo(() => list.filter((a) => a.what?.id === resource && isOpen(a)).reverse(), [list, resource]);
}

export function isOpen(activity: Activity): boolean {
  return activity.state === "queued" || activity.state === "running";
}

/** Who is signed in and what he may create, live. */
export function useMe(): Me {
  const { me } = useSession();
  const { items } = useTopic<Me>({ topic: "session.watch" });
  return items.get(me.user.id) ?? me;
}

/** What core told before anybody was signed in: its version, and whether it is reached over plain HTTP. */
export function useWelcome(): Welcome {
  return useSession().welcome;
}

/** What exists, as the API publishes it. */
export function useTypes(): TypeInfo[] {
  return useSession().types;
}

export function useType(name: string): TypeInfo {
  const found = useTypes().find((type) => type.name === name);
  if (!found) throw new Error(`no type ${name}`);
  return found;
}

/** Whether all that is looked at has shown its first snapshot. */
export function useSettled(): boolean {
  const { store } = useSession();
  const watch = useCallback((told: () => void) => store.watchSettled(told), [store]);
  return useSyncExternalStore(watch, () => store.settled());
}

/** The websocket's state, for the connection bar and for greying what may be stale. */
export function useLink(): LinkState & { retry: () => void } {
  const { live } = useSession().store;
  const watch = useCallback((told: () => void) => live.watch(told), [live]);
  const link = useSyncExternalStore(watch, () => live.link);
  return { ...link, retry: live.retryNow };
}
