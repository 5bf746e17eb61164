/** Trends of all servers: asked for once, then grown from the live topic for as long as somebody looks. */
import { useContext, useSyncExternalStore } from "react";
import { SessionContext } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Store } from "~/api/store";
import type { ServerResource, ServerStatus } from "./model";
import { type Trend, type TrendAnswer, trendFrom, withStatus } from "./trends";

const TOPIC = { topic: "server.changes" };
/** Going from page to page keeps them growing, so that coming back costs no request. */
const LINGER = 30_000;

class Trends {
  private kept: ReadonlyMap<string, Trend> = new Map();
  private readonly told = new Set<() => void>();
  private readonly seen = new Map<string, ServerStatus>();
  private close: (() => void) | undefined;
  /** The past has come, or will not: before that a trend of seconds would be drawn and then thrown away. */
  private begun = false;
  private linger: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly store: Store) {}

  readonly read = (): ReadonlyMap<string, Trend> => this.kept;

  readonly watch = (told: () => void): (() => void) => {
    clearTimeout(this.linger);
    this.told.add(told);
    this.close ??= this.open();
    return () => {
      this.told.delete(told);
      if (this.told.size === 0) this.linger = setTimeout(() => this.end(), LINGER);
    };
  };

  private open(): () => void {
    let lost = false;
    void this.load();
    const leave = this.store.watch(TOPIC, () => this.take());
    const unwatch = this.store.live.watch(() => {
      const { state } = this.store.live.link;
      // What happened while the link was gone only core knows.
      if (state === "live" && lost) void this.load();
      lost = state === "lost" || (lost && state !== "live");
    });
    return () => {
      leave();
      unwatch();
    };
  }

  private end(): void {
    this.close?.();
    this.close = undefined;
    this.kept = new Map();
    this.seen.clear();
    this.begun = false;
  }

  private async load(): Promise<void> {
    try {
      const answers = await ask<TrendAnswer[]>("GET", "/servers/-/trends");
      const now = Date.now();
      this.kept = new Map(answers.map((answer) => [answer.server, trendFrom(answer, now)]));
      this.seen.clear();
    } catch (failure) {
      // Without its past a trend begins now.
      if (!(failure instanceof Problem)) throw failure;
    }
    this.begun = true;
    this.take();
    this.say();
  }

  private take(): void {
    if (!this.begun) return;
    const { items } = this.store.read<ServerResource>(TOPIC);
    const now = Date.now();
    let grown: Map<string, Trend> | undefined;
    for (const [id, { status }] of items) {
      if (this.seen.get(id) === status) continue;
      this.seen.set(id, status);
      grown ??= new Map(this.kept);
      grown.set(id, withStatus(grown.get(id), status, now));
    }
    if (!grown) return;
    this.kept = grown;
    this.say();
  }

  private say(): void {
    for (const told of this.told) told();
  }
}

const ofStore = new WeakMap<Store, Trends>();

function useKeeper(): Trends {
  const session = useContext(SessionContext);
  if (!session) throw new Error("outside of a session");
  const known = ofStore.get(session.store) ?? new Trends(session.store);
  ofStore.set(session.store, known);
  return known;
}

/** Every server's, by id. */
export function useTrends(): ReadonlyMap<string, Trend> {
  const { watch, read } = useKeeper();
  return useSyncExternalStore(watch, read);
}

/** One server's; a change of another one renders nothing anew. */
export function useTrend(server: string): Trend | undefined {
  const { watch, read } = useKeeper();
  return useSyncExternalStore(watch, () => read().get(server));
}
