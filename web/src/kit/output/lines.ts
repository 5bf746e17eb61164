/**
 * Lines: what a machine wrote, line by line, in a buffer outside React's state. Pieces come as they were read: they
 * need not end where lines do, and those of stdout and stderr take turns in the middle of lines.
 */
import { plain, shown, styleAfter } from "./control";
import { PLAIN, type Style } from "./style";

export type StreamName = "stdout" | "stderr" | "note";

export interface Line {
  /** Its number, from 1; the same for everybody who reads the same output. */
  readonly n: number;
  /** Milliseconds since the epoch; 0 where nobody knows. */
  readonly at: number;
  readonly stream: StreamName;
  /** Printable text and colour sequences. */
  readonly text: string;
  /** Characters of it that are seen. */
  readonly width: number;
  /** The style it begins with. */
  readonly style: Style;
  /** Goes on where the line before was cut for its length. */
  readonly cut: boolean;
}

export interface Piece {
  stream: string;
  at: string | null;
  text: string;
}

const MOST_LINES = 200_000;
/** So many go at once, so that a full buffer is not shifted with each line. */
const DROP = 10_000;
/** A longer line is cut: no browser lays out a megabyte in one row. */
const LONGEST = 16_384;
/** A line left open for so many others is taken for ended. */
const OPEN_WITHIN = 500;

interface Open {
  /** Position since the beginning, dropped lines counted. */
  index: number;
  raw: string;
}

export class Lines {
  /** Counts up with each change. */
  version = 0;
  /** How many of the oldest are gone. */
  dropped = 0;
  /** Characters of the longest line. */
  widest = 0;
  private items: Line[] = [];
  private readonly open = new Map<StreamName, Open>();
  private readonly styles = new Map<StreamName, Style>();
  private readonly watchers = new Set<() => void>();
  private frame: number | undefined;

  /** `numbers` is shared where several buffers are parts of one output. */
  constructor(
    private readonly numbers: { next: number } = { next: 1 },
    private readonly most = MOST_LINES,
  ) {}

  /** Position after the last line; the first one still held is at `dropped`. */
  get end(): number {
    return this.dropped + this.items.length;
  }

  /** Every line before this position stays as it is. */
  get settled(): number {
    let least = this.end;
    for (const { index } of this.open.values()) least = Math.min(least, index);
    return Math.max(least, this.dropped);
  }

  at(position: number): Line | undefined {
    return this.items[position - this.dropped];
  }

  /** Position of the line with a number, or of the next one held; `end` if there is none. */
  find(n: number): number {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.items[middle]?.n ?? 0) < n) low = middle + 1;
      else high = middle;
    }
    return this.dropped + low;
  }

  /** Take one piece; watchers are told once a frame. */
  append(piece: Piece): void {
    const stream = streamOf(piece.stream);
    const at = piece.at ? Date.parse(piece.at) : 0;
    let from = 0;
    for (let to = piece.text.indexOf("\n"); to >= 0; to = piece.text.indexOf("\n", from)) {
      this.write(stream, at, piece.text.slice(from, to));
      this.close(stream);
      from = to + 1;
    }
    if (from < piece.text.length) this.write(stream, at, piece.text.slice(from));
    if (this.items.length >= this.most + DROP) this.drop(this.items.length - this.most);
    this.changed();
  }

  /** All that is held, without colours. */
  text(): string {
    let whole = "";
    for (const line of this.items) whole += (line.cut || whole === "" ? "" : "\n") + plain(line.text);
    return whole === "" ? "" : `${whole}\n`;
  }

  /** Told, at most once a frame, that `version` changed. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private write(stream: StreamName, at: number, raw: string): void {
    let rest = raw;
    for (let cut = this.extend(stream, at, rest, false); cut < rest.length; ) {
      rest = rest.slice(cut);
      this.close(stream);
      cut = this.extend(stream, at, rest, true);
    }
  }

  /** Put text behind the stream's open line, or begin one; answers how much of it was taken. */
  private extend(stream: StreamName, at: number, raw: string, cut: boolean): number {
    const open = this.open.get(stream);
    const held = open ? tail(open.raw) : "";
    const taken = Math.min(raw.length, Math.max(1, LONGEST - held.length));
    const whole = held + raw.slice(0, taken);
    const text = shown(whole);
    const old = open ? this.at(open.index) : undefined;
    const line: Line = {
      n: old?.n ?? this.numbers.next++,
      at: old?.at ?? at,
      stream,
      text,
      width: text.includes("\x1b") ? plain(text).length : text.length,
      style: this.styles.get(stream) ?? PLAIN,
      cut: old?.cut ?? cut,
    };
    if (line.width > this.widest) this.widest = line.width;
    if (open && old) {
      this.items[open.index - this.dropped] = line;
      open.raw = whole;
    } else {
      this.open.set(stream, { index: this.end, raw: whole });
      this.items.push(line);
      this.forget();
    }
    return taken;
  }

  private close(stream: StreamName): void {
    const open = this.open.get(stream);
    const line = open && this.at(open.index);
    if (line) this.styles.set(stream, styleAfter(line.text, line.style));
    this.open.delete(stream);
  }

  /** Lines left open long ago end. */
  private forget(): void {
    if (this.open.size < 2) return;
    for (const [stream, { index }] of this.open) if (index < this.end - OPEN_WITHIN) this.close(stream);
  }

  private drop(count: number): void {
    this.items = this.items.slice(count);
    this.dropped += count;
    for (const [stream, { index }] of this.open) if (index < this.dropped) this.open.delete(stream);
  }

  private changed(): void {
    this.version += 1;
    if (this.frame !== undefined || this.watchers.size === 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = undefined;
      for (const watcher of this.watchers) watcher();
    });
  }
}

/** A progress line written over a thousand times is kept from its last return on. */
function tail(raw: string): string {
  if (raw.length < 1024) return raw;
  const last = raw.lastIndexOf("\r", raw.length - 2);
  if (last < 0) return raw;
  const rest = raw.slice(last + 1);
  return plain(shown(rest)) === "" ? raw : rest;
}

function streamOf(name: string): StreamName {
  return name === "stderr" || name === "note" ? name : "stdout";
}
