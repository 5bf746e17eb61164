/** Best: the few best of many, without sorting all of them. */
import type { Entry, Verb } from "./entry";

/** A place or command, or a verb with its place; the line of the latter is made only if it is shown. */
export interface Found {
  score: number;
  place: Entry;
  verb: Verb | undefined;
}

export class Best {
  readonly kept: Found[] = [];
  /** How many there were, kept or not. */
  seen = 0;

  constructor(private readonly size: number) {}

  add(score: number, place: Entry, verb?: Verb): void {
    this.seen += 1;
    const { kept } = this;
    const worst = kept[kept.length - 1];
    if (worst && kept.length >= this.size) {
      if (!comes(score, place, worst)) return;
      kept.pop();
    }
    let at = kept.length;
    for (let one = kept[at - 1]; one && comes(score, place, one); one = kept[at - 1]) at -= 1;
    kept.splice(at, 0, { score, place, verb });
  }
}

/** Whether it comes before another; of equals the one that was there first stays first. */
function comes(score: number, place: Entry, than: Found): boolean {
  if (score !== than.score) return score > than.score;
  if (place.order !== than.place.order) return place.order < than.place.order;
  return place.text.lower < than.place.text.lower;
}
