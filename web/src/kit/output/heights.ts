/** Heights: where each row of a long list stands, when rows differ and most were never measured. */

/** Rows a block sums up: looking something up passes over blocks, then over the rows of one. */
const BLOCK = 512;

export class Heights {
  /** Position after the last row. */
  end = 0;
  total = 0;
  private start = 0;
  private base = 0;
  private blocks: Float32Array[] = [];
  private sums: number[] = [];

  get(position: number): number {
    const at = position - this.base;
    return this.blocks[Math.floor(at / BLOCK)]?.[at % BLOCK] ?? 0;
  }

  /** Set a row's height, or put one more at the end. */
  set(position: number, height: number): void {
    const at = position - this.base;
    const index = Math.floor(at / BLOCK);
    let block = this.blocks[index];
    if (!block) {
      block = new Float32Array(BLOCK);
      this.blocks[index] = block;
      this.sums[index] = 0;
    }
    const change = height - (block[at % BLOCK] ?? 0);
    block[at % BLOCK] = height;
    this.sums[index] = (this.sums[index] ?? 0) + change;
    this.total += change;
    if (position >= this.end) this.end = position + 1;
  }

  /** Rows before a position are gone. */
  drop(position: number): void {
    for (; this.start < position && this.start < this.end; this.start++) this.set(this.start, 0);
    this.end = Math.max(this.end, position);
    this.start = Math.max(this.start, position);
    const whole = Math.min(this.blocks.length, Math.floor((position - this.base) / BLOCK));
    this.blocks = this.blocks.slice(whole);
    this.sums = this.sums.slice(whole);
    this.base = this.blocks.length === 0 ? position : this.base + whole * BLOCK;
  }

  /** Pixels above a row. */
  top(position: number): number {
    const at = Math.min(position, this.end) - this.base;
    const index = Math.floor(at / BLOCK);
    let y = 0;
    for (let block = 0; block < index; block++) y += this.sums[block] ?? 0;
    const rows = this.blocks[index];
    if (rows) for (let row = 0; row < at % BLOCK; row++) y += rows[row] ?? 0;
    return y;
  }

  /** The row that covers a height: the first or last one for what lies outside. */
  find(y: number): number {
    let index = 0;
    let left = y;
    while (index < this.blocks.length - 1 && left >= (this.sums[index] ?? 0)) left -= this.sums[index++] ?? 0;
    let position = this.base + index * BLOCK;
    const rows = this.blocks[index];
    const last = Math.min(BLOCK, this.end - position);
    let row = 0;
    while (rows && row < last - 1 && left >= (rows[row] ?? 0)) left -= rows[row++] ?? 0;
    position += row;
    return Math.max(this.start, Math.min(position, this.end - 1));
  }
}
