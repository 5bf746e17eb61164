/** The live store: every state topic somebody looks at, once, as a map that screens read. */
import type { Live, Topic } from "./live";
import type { ProblemBody } from "./types";

/** One state topic: its items by key, kept true by core. Read it; never change it. */
export interface Collection<T> {
  readonly items: ReadonlyMap<string, T>;
  /** The first snapshot has come. */
  readonly ready: boolean;
  readonly problem: ProblemBody | undefined;
  /** When each key last changed after the snapshot (ms since the epoch): what flashes. */
  readonly changed: ReadonlyMap<string, number>;
}

const EMPTY: Collection<unknown> = { items: new Map(), ready: false, problem: undefined, changed: new Map() };
/** How long a topic nobody looks at is kept subscribed: going back to a page costs nothing. */
const LINGER = 30_000;

class Kept {
  collection: Collection<unknown> = EMPTY;
  readonly watchers = new Set<() => void>();
  users = 0;
  end: () => void = () => {};
  linger: ReturnType<typeof setTimeout> | undefined;
  pending: Map<string, unknown> | undefined;
}

export class Store {
  private readonly kept = new Map<string, Kept>();
  private readonly onSettled = new Set<() => void>();

  constructor(readonly live: Live) {}

  /** The topic as it is known now. */
  read<T>(topic: Topic): Collection<T> {
    return (this.kept.get(keyOf(topic))?.collection ?? EMPTY) as Collection<T>;
  }

  /** Keep a topic subscribed and be told when it changed; the answer lets go of it. */
  watch(topic: Topic, watcher: () => void): () => void {
    const key = keyOf(topic);
    const kept = this.kept.get(key) ?? this.open(key, topic);
    clearTimeout(kept.linger);
    kept.users += 1;
    kept.watchers.add(watcher);
    if (!kept.collection.ready) this.tellSettled();
    return () => {
      kept.watchers.delete(watcher);
      kept.users -= 1;
      if (kept.users === 0) kept.linger = setTimeout(() => this.drop(key, kept), LINGER);
    };
  }

  /** Whether every topic somebody looks at has shown its first snapshot. */
  settled(): boolean {
    for (const kept of this.kept.values()) if (kept.users > 0 && !kept.collection.ready) return false;
    return true;
  }

  /** Told whenever `settled` may be another. */
  watchSettled(watcher: () => void): () => void {
    this.onSettled.add(watcher);
    return () => this.onSettled.delete(watcher);
  }

  private open(key: string, topic: Topic): Kept {
    const kept = new Kept();
    this.kept.set(key, kept);
    kept.end = this.live.subscribe(topic, {
      snapshot: (items) => {
        kept.pending = undefined;
        const map = new Map(items.map((item) => [item.key, item.data]));
        this.say(kept, { items: map, ready: true, problem: undefined, changed: new Map() });
      },
      change: (id, data) => this.change(kept, id, data),
      error: (problem) => this.say(kept, { ...kept.collection, ready: true, problem }),
    });
    return kept;
  }

  /** Changes that arrive together are shown together: one new map, one render. */
  private change(kept: Kept, id: string, data: unknown): void {
    if (kept.pending) {
      kept.pending.set(id, data);
      return;
    }
    kept.pending = new Map([[id, data]]);
    setTimeout(() => this.flush(kept), 16);
  }

  private flush(kept: Kept): void {
    const pending = kept.pending;
    if (!pending) return;
    kept.pending = undefined;
    const items = new Map(kept.collection.items);
    const changed = new Map(kept.collection.changed);
    const now = Date.now();
    for (const [id, data] of pending) {
      if (data === null) items.delete(id);
      else items.set(id, data);
      changed.set(id, now);
    }
    this.say(kept, { items, ready: kept.collection.ready, problem: undefined, changed });
  }

  private say(kept: Kept, collection: Collection<unknown>): void {
    const first = collection.ready !== kept.collection.ready;
    kept.collection = collection;
    for (const watcher of kept.watchers) watcher();
    if (first) this.tellSettled();
  }

  private tellSettled(): void {
    for (const watcher of this.onSettled) watcher();
  }

  private drop(key: string, kept: Kept): void {
    if (kept.users > 0) return;
    kept.end();
    this.kept.delete(key);
  }
}

/** Two topics with the same words are the same subscription. */
export function keyOf(topic: Topic): string {
  return JSON.stringify(Object.entries(topic).sort(([a], [b]) => (a < b ? -1 : 1)));
}
