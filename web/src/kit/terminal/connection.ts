/** Connection: one terminal's websocket, which comes back after it was lost; keys one way, output the other. */

/** Bytes of input on their way to the process at most: then TCP and the process say when more may come. */
const WINDOW = 128 * 1024;
const FRAME = 16 * 1024;
/** Output acknowledged at once; core sends no more than 256 KB that was not. */
const ACKNOWLEDGE = 32 * 1024;
/** A terminal lives so long with nobody connected. */
const PATIENCE = 30_000;
const PAUSE = 500;
/** Asked when nothing was heard for so long, and given up when nothing is heard for twice that. */
const SILENCE = 6_000;

export interface Began {
  command: string;
  at: number;
  upto: number;
  lost: number;
}

export interface Ended {
  /** Of the command; null where it is not known. */
  code: number | null;
  /** Why it was closed or could not be opened; empty when the command ended by itself. */
  reason: string;
  hint: string;
}

export interface Listener {
  began(began: Began): void;
  /** Output; call `shown` once it is on screen, so that more may come. */
  written(data: Uint8Array, shown: () => void): void;
  warned(text: string): void;
  state(state: "connecting" | "open" | "lost"): void;
  ended(ended: Ended): void;
}

type Frame =
  | ({ kind: "began" } & Began)
  | { kind: "taken"; count: number }
  | { kind: "warned"; text: string }
  | { kind: "ended"; exit_code: number | null; reason: string }
  | { kind: "failed"; error: string; hint: string }
  | { kind: "pong" };

export type Open = (url: string) => WebSocket;

export class Connection {
  #socket: WebSocket | undefined;
  #seen: number | undefined;
  #acknowledged = 0;
  #onItsWay = 0;
  #queue: Uint8Array[] = [];
  #ready = false;
  #over = false;
  #size: { columns: number; rows: number } | undefined;
  #lostAt: number | undefined;
  #heard = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly id: string,
    private readonly listener: Listener,
    private readonly open: Open = (url) => new WebSocket(url),
    private readonly now: () => number = () => performance.now(),
  ) {}

  connect(): void {
    this.listener.state(this.#lostAt === undefined ? "connecting" : "lost");
    const after = this.#seen === undefined ? "" : `?after=${this.#seen}`;
    const origin = location.origin.replace(/^http/, "ws");
    const socket = this.open(`${origin}/api/terminal/${this.id}${after}`);
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.#receive(socket, event.data);
    socket.onclose = (event) => this.#closed(socket, event);
    this.#socket = socket;
    this.#heard = this.now();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#look(), SILENCE);
  }

  /** Keys and pastes. Ctrl-C goes before what was pasted and is not on its way yet. */
  type(data: Uint8Array): void {
    if (data.length === 1 && data[0] === 3) this.#queue = [];
    for (let at = 0; at < data.length; at += FRAME) this.#queue.push(data.subarray(at, at + FRAME));
    this.#send();
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    if (this.#ready) this.#say({ op: "resize", columns, rows });
  }

  /** End the terminal. */
  end(): void {
    this.#say({ op: "close" });
  }

  /** Leave it; it lives on for a moment. */
  leave(): void {
    this.#over = true;
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    this.#socket?.close();
  }

  #receive(socket: WebSocket, data: string | ArrayBuffer): void {
    if (socket !== this.#socket || this.#over) return;
    this.#heard = this.now();
    if (typeof data !== "string") {
      const written = new Uint8Array(data, 1);
      this.#seen = (this.#seen ?? 0) + written.length;
      const upto = this.#seen;
      this.listener.written(written, () => this.#shown(upto));
      return;
    }
    const frame = JSON.parse(data) as Frame;
    switch (frame.kind) {
      case "began":
        this.#begin(frame);
        break;
      case "taken":
        this.#onItsWay = Math.max(0, this.#onItsWay - frame.count);
        this.#send();
        break;
      case "warned":
        this.listener.warned(frame.text);
        break;
      case "ended":
        this.#finish({ code: frame.exit_code, reason: frame.reason, hint: "" });
        break;
      case "failed":
        this.#finish({ code: null, reason: frame.error, hint: frame.hint });
        break;
    }
  }

  #begin(began: Began): void {
    this.#seen = began.at;
    this.#acknowledged = began.at;
    this.#onItsWay = 0;
    this.#lostAt = undefined;
    this.#ready = true;
    this.listener.began(began);
    this.listener.state("open");
    if (this.#size) this.resize(this.#size.columns, this.#size.rows);
    this.#send();
  }

  #shown(upto: number): void {
    if (upto - this.#acknowledged < ACKNOWLEDGE || !this.#ready) return;
    this.#acknowledged = upto;
    this.#say({ op: "seen", upto });
  }

  #send(): void {
    while (this.#ready && this.#onItsWay < WINDOW) {
      const piece = this.#queue.shift();
      if (!piece) return;
      this.#onItsWay += piece.length;
      this.#socket?.send(piece as Uint8Array<ArrayBuffer>);
    }
  }

  #say(told: Record<string, string | number>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(told));
  }

  #closed(socket: WebSocket, event: CloseEvent): void {
    if (socket !== this.#socket || this.#over) return;
    this.#ready = false;
    if (event.code >= 4400 && event.code < 4500) {
      this.#finish({ code: null, reason: event.reason || "core refused the connection", hint: "" });
      return;
    }
    this.#lose();
  }

  #lose(): void {
    const dead = this.#socket;
    this.#socket = undefined;
    this.#ready = false;
    clearInterval(this.#timer);
    // A dead one would say for a long time that it is closing.
    dead?.close();
    this.#lostAt ??= this.now();
    if (this.now() - this.#lostAt > PATIENCE) {
      this.#finish({ code: null, reason: "the connection was lost for too long", hint: "" });
      return;
    }
    this.listener.state("lost");
    this.#again = setTimeout(() => this.connect(), PAUSE);
  }

  /** A socket may be dead for long before the browser says so. */
  #look(): void {
    const silent = this.now() - this.#heard;
    if (silent >= 2 * SILENCE) this.#lose();
    else if (silent >= SILENCE) this.#say({ op: "ping" });
  }

  #finish(ended: Ended): void {
    this.leave();
    this.listener.ended(ended);
  }
}
