/** Search: where a text or pattern stands in many lines, found a few milliseconds at a time. */
import { plain } from "./control";
import type { Lines } from "./lines";

export interface Query {
  text: string;
  regex: boolean;
}

/** The pattern of a query; small letters find capital ones too. Throws SyntaxError where it is none. */
export function patternOf({ text, regex }: Query): RegExp {
  const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(source, /\p{Lu}/u.test(text) ? "g" : "gi");
}

export type Range = readonly [from: number, to: number];

/** More matches in a line than anybody looks at. */
const MOST_IN_LINE = 500;

/** Where a pattern stands in a text. */
export function ranges(text: string, pattern: RegExp): Range[] {
  const found: Range[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match && found.length < MOST_IN_LINE; match = pattern.exec(text)) {
    if (match[0] === "") pattern.lastIndex += 1;
    else found.push([match.index, match.index + match[0].length]);
  }
  return found;
}

/** One match: the line's position, and which of the line's matches it is. */
export interface Hit {
  position: number;
  nth: number;
}

/** Lines looked at between two looks at the clock. */
const STRIDE = 200;

export class Search {
  private positions: number[] = [];
  /** Matches before each of them. */
  private before: number[] = [];
  private count = 0;
  /** Lines before this one were looked at. */
  private scanned = 0;
  private settled = 0;

  constructor(readonly pattern: RegExp) {}

  /** Go on for so many milliseconds; answers whether all lines were looked at. */
  scan(lines: Lines, milliseconds: number): boolean {
    const until = performance.now() + milliseconds;
    this.reopen();
    let at = Math.max(this.scanned, lines.dropped);
    while (at < lines.end) {
      const stop = Math.min(lines.end, at + STRIDE);
      for (; at < stop; at++) this.look(at, lines.at(at)?.text ?? "");
      if (performance.now() > until) break;
    }
    this.scanned = at;
    this.settled = Math.min(at, lines.settled);
    return at >= lines.end;
  }

  /** Matches in the lines still held. */
  total(lines: Lines): number {
    return this.count - this.gone(lines);
  }

  /** Which match of all this is, from 1. */
  ordinal(lines: Lines, hit: Hit): number {
    const at = this.indexOf(hit.position);
    return (this.before[at] ?? 0) + hit.nth + 1 - this.gone(lines);
  }

  /** The match after (1) or before (-1) another; after the last comes the first. */
  step(lines: Lines, hit: Hit, by: 1 | -1): Hit | undefined {
    const first = this.indexOf(lines.dropped);
    if (first >= this.positions.length) return undefined;
    const at = Math.max(first, this.indexOf(hit.position));
    const here = this.positions[at] === hit.position;
    const nth = hit.nth + by;
    if (here && nth >= 0 && nth < this.inLine(at)) return { position: hit.position, nth };
    const next = by === 1 ? at + (here ? 1 : 0) : at - 1;
    const index = next >= this.positions.length ? first : next < first ? this.positions.length - 1 : next;
    return { position: this.positions[index] ?? 0, nth: by === 1 ? 0 : this.inLine(index) - 1 };
  }

  /** The first match from a line on. */
  from(lines: Lines, position: number): Hit | undefined {
    return this.step(lines, { position, nth: -1 }, 1);
  }

  private look(position: number, text: string): void {
    const found = ranges(plain(text), this.pattern).length;
    if (found === 0) return;
    this.positions.push(position);
    this.before.push(this.count);
    this.count += found;
  }

  /** Lines that were open may say something else now. */
  private reopen(): void {
    if (this.settled >= this.scanned) return;
    const at = this.indexOf(this.settled);
    this.count = this.before[at] ?? this.count;
    this.positions.length = at;
    this.before.length = at;
    this.scanned = this.settled;
  }

  private gone(lines: Lines): number {
    return this.before[this.indexOf(lines.dropped)] ?? this.count;
  }

  private inLine(index: number): number {
    return (this.before[index + 1] ?? this.count) - (this.before[index] ?? 0);
  }

  /** Index of the first line with matches at or after a position. */
  private indexOf(position: number): number {
    let low = 0;
    let high = this.positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.positions[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
