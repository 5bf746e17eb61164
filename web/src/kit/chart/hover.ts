/** Hover: which sample the cross-hair of a chart is on; only the chart's head is drawn anew with it. */

export class Hover {
  index: number | null = null;
  private readonly watchers = new Set<() => void>();

  readonly set = (index: number | null): void => {
    if (index === this.index) return;
    this.index = index;
    for (const watcher of this.watchers) watcher();
  };

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly read = (): number | null => this.index;
}
