/** The one websocket of a tab: topics subscribed over it survive a lost link and a restarted core. */
import type { ProblemBody } from "./types";

export type Topic = { topic: string; target?: string } & Record<string, unknown>;

/** What core sends; see `core/live.py`. */
export interface Frame {
  id: number;
  kind: "snapshot" | "change" | "append" | "end" | "error" | "pong";
  seq?: number;
  key?: string;
  data?: unknown;
}

/** What a subscriber is told. `reset` comes before a fresh snapshot after the link was lost. */
export interface Sink {
  snapshot?(items: { key: string; data: unknown }[]): void;
  change?(key: string, data: unknown): void;
  append?(seq: number, data: unknown): void;
  end?(): void;
  error?(problem: ProblemBody): void;
}

export type LinkState =
  | { state: "connecting"; since: number }
  | { state: "live"; since: number }
  | { state: "lost"; since: number; retryAt: number };

interface Subscription {
  topic: Topic;
  sink: Sink;
  last: number;
  done: boolean;
}

const RETRY = [300, 700, 1500, 3000, 5000];
/** A link that says nothing for this long after a ping is taken for dead. */
const SILENCE = 8000;
const PING_EVERY = 15000;

export class Live {
  link: LinkState = { state: "connecting", since: Date.now() };
  private socket: WebSocket | undefined;
  private readonly subscriptions = new Map<number, Subscription>();
  private readonly watchers = new Set<() => void>();
  private next = 1;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private heard = 0;
  private closed = false;

  constructor(
    private readonly url: string,
    /** Called when core says that the session has ended. */
    private readonly onSignedOut: () => void,
  ) {}

  /** Open the websocket; subscriptions made before wait for it. */
  open(): void {
    this.closed = false;
    addEventListener("online", this.retryNow);
    addEventListener("offline", this.dropped);
    this.connect();
  }

  close(): void {
    this.closed = true;
    removeEventListener("online", this.retryNow);
    removeEventListener("offline", this.dropped);
    clearTimeout(this.timer);
    clearInterval(this.ping);
    this.socket?.close();
  }

  /** Subscribe; the answer ends it. A log topic goes on after its last line when the link comes back. */
  subscribe(topic: Topic, sink: Sink): () => void {
    const id = this.next++;
    const after = typeof topic.after === "number" ? topic.after : 0;
    const subscription: Subscription = { topic, sink, last: after, done: false };
    this.subscriptions.set(id, subscription);
    this.ask(id, subscription);
    return () => {
      this.subscriptions.delete(id);
      if (!subscription.done) this.send({ id, op: "unsubscribe" });
    };
  }

  /** Told whenever `link` changed. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  readonly retryNow = (): void => {
    if (this.closed || this.link.state === "live") return;
    clearTimeout(this.timer);
    this.attempt = 0;
    this.connect();
  };

  private readonly dropped = (): void => {
    this.socket?.close();
    this.lost();
  };

  private connect(): void {
    this.socket?.close();
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => {
      if (socket !== this.socket) return;
      this.attempt = 0;
      this.heard = Date.now();
      this.say({ state: "live", since: Date.now() });
      for (const [id, subscription] of this.subscriptions) {
        subscription.done = false;
        this.ask(id, subscription);
      }
      clearInterval(this.ping);
      this.ping = setInterval(() => this.check(socket), PING_EVERY);
    };
    socket.onmessage = (event) => {
      this.heard = Date.now();
      this.take(JSON.parse(String(event.data)) as Frame);
    };
    socket.onclose = (event) => {
      if (socket !== this.socket) return;
      if (event.code === 4401) {
        this.closed = true;
        this.onSignedOut();
      }
      this.lost();
    };
  }

  /** A cut line closes no socket by itself: ask, and give it up when no answer comes. */
  private check(socket: WebSocket): void {
    const asked = Date.now();
    this.send({ id: 0, op: "ping" });
    setTimeout(() => {
      if (socket === this.socket && this.link.state === "live" && this.heard < asked) this.dropped();
    }, SILENCE);
  }

  private lost(): void {
    this.socket = undefined;
    clearInterval(this.ping);
    if (this.closed) return;
    clearTimeout(this.timer);
    const pause = RETRY[Math.min(this.attempt, RETRY.length - 1)] ?? 5000;
    this.attempt += 1;
    const since = this.link.state === "lost" ? this.link.since : Date.now();
    this.say({ state: "lost", since, retryAt: Date.now() + pause });
    this.timer = setTimeout(() => this.connect(), pause);
  }

  private say(link: LinkState): void {
    this.link = link;
    for (const watcher of this.watchers) watcher();
  }

  private ask(id: number, { topic, last }: Subscription): void {
    this.send({ id, op: "subscribe", topic: last > 0 ? { ...topic, after: last } : topic });
  }

  private send(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private take(frame: Frame): void {
    const subscription = this.subscriptions.get(frame.id);
    if (!subscription) return;
    const { sink } = subscription;
    switch (frame.kind) {
      case "snapshot":
        sink.snapshot?.((frame.data ?? []) as { key: string; data: unknown }[]);
        break;
      case "change":
        sink.change?.(frame.key ?? "", frame.data ?? null);
        break;
      case "append":
        subscription.last = Math.max(subscription.last, frame.seq ?? 0);
        sink.append?.(frame.seq ?? 0, frame.data);
        break;
      case "end":
        subscription.done = true;
        sink.end?.();
        break;
      case "error":
        subscription.done = true;
        sink.error?.(frame.data as ProblemBody);
        break;
      case "pong":
        break;
    }
  }
}

/** Where this page's core serves `/api/live`. */
export function liveUrl(place: Location = location): string {
  return `${place.protocol === "https:" ? "wss" : "ws"}://${place.host}/api/live`;
}
