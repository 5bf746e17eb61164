/** View: which lines are seen, and where the scroll bar has to be; follows the end until the reader scrolls away. */
import { Heights } from "./heights";
import type { Lines } from "./lines";

/** Height of a row of text, in pixels; the style sheet says the same. */
export const ROW = 18;
/** Empty space above the first and below the last row, in pixels. */
export const EDGE = 8;
/** Rows laid out above and below those seen. */
const MARGIN = 12;
/** Never more rows in the page, however tall the window. */
const MOST_ROWS = 150;

export class View {
  following: boolean;
  /** Where the end was when the reader scrolled away; what a link shows first has no end it left. */
  private left = Number.POSITIVE_INFINITY;
  private end = 0;
  private height = 0;
  /** Characters in a row; Infinity where lines do not wrap. */
  private columns = Number.POSITIVE_INFINITY;
  private heights = new Heights();
  private settled = 0;
  /** The row at the upper edge, and how far above the edge it begins. */
  private anchor = { position: 0, hidden: 0 };

  constructor(following: boolean) {
    this.following = following;
  }

  /** Take over what was appended, changed and dropped. */
  sync(lines: Lines): void {
    if (lines.dropped > 0) this.heights.drop(lines.dropped);
    if (this.anchor.position < lines.dropped) this.anchor = { position: lines.dropped, hidden: 0 };
    for (let at = Math.max(this.settled, lines.dropped); at < lines.end; at++) {
      this.heights.set(at, this.guess(lines.at(at)?.width ?? 0));
    }
    this.settled = lines.settled;
    this.end = lines.end;
    if (this.following) this.left = this.end;
  }

  /** The box changed; with other columns every height is guessed anew. */
  resize(height: number, columns: number, lines: Lines): boolean {
    if (height === this.height && columns === this.columns) return false;
    this.height = height;
    if (columns !== this.columns) {
      this.columns = columns;
      this.heights = new Heights();
      this.settled = 0;
      this.anchor = { position: this.anchor.position, hidden: 0 };
      this.sync(lines);
    }
    return true;
  }

  /** A row is as tall as this; answers whether that was news. */
  measured(position: number, height: number): boolean {
    if (Math.abs(this.heights.get(position) - height) < 0.5) return false;
    this.heights.set(position, height);
    return true;
  }

  /** The reader scrolled; what this view itself asked for is no news. */
  scrolled(top: number): void {
    if (Math.abs(top - this.top) < 1.5) return;
    this.following = this.isEnd(top);
    if (this.left > this.end) this.left = this.end;
    const position = this.heights.find(top);
    this.anchor = { position, hidden: top - this.heights.top(position) };
  }

  /** The last line is in sight. */
  get atEnd(): boolean {
    return this.isEnd(this.top);
  }

  follow(): void {
    this.following = true;
  }

  /** Stay where the reader is, whatever comes. */
  pause(): void {
    const position = this.first;
    this.anchor = { position, hidden: this.top - this.heights.top(position) };
    this.left = this.end;
    this.following = false;
  }

  /** Bring a line to the upper third. */
  show(position: number): void {
    this.following = false;
    this.anchor = { position, hidden: -Math.max(0, this.height / 3 - ROW) };
  }

  /** Scroll no further than it takes to see a line. */
  reveal(position: number): void {
    const top = this.heights.top(position);
    const bottom = top + this.heights.get(position);
    const now = this.top;
    if (top < now) this.anchor = { position, hidden: 0 };
    else if (bottom > now + this.height) this.anchor = { position, hidden: bottom - top - this.height };
    else return;
    this.following = false;
  }

  /** Lines that came since the reader scrolled away. */
  missed(lines: Lines): number {
    return this.following ? 0 : Math.max(0, lines.end - Math.max(this.left, lines.dropped));
  }

  get total(): number {
    return this.heights.total;
  }

  /** Where the scroll bar has to be. */
  get top(): number {
    const most = Math.max(0, this.total - this.height);
    if (this.following) return most;
    return Math.max(0, Math.min(most, this.heights.top(this.anchor.position) + this.anchor.hidden));
  }

  /** The first line seen. */
  get first(): number {
    return this.heights.find(this.top);
  }

  /** Lines to lay out, and where the first of them stands. */
  range(lines: Lines): { from: number; to: number; offset: number } {
    if (this.heights.end === lines.dropped) return { from: lines.dropped, to: lines.dropped, offset: 0 };
    const from = Math.max(lines.dropped, this.first - MARGIN);
    const last = this.heights.find(this.top + this.height);
    const to = Math.min(lines.end, last + 1 + MARGIN, from + MOST_ROWS);
    return { from, to, offset: this.heights.top(from) };
  }

  private isEnd(top: number): boolean {
    return top >= this.total - this.height - ROW / 2;
  }

  private guess(width: number): number {
    return ROW * Math.max(1, Math.ceil(width / this.columns));
  }
}
