/** Tally: how many stand how, beside a title: `● 40 ok ▲ 1 high 0 down`. */
import { Shape, type Tone } from "./State";
import classes from "./Tally.module.css";
import { count } from "./units";

export interface Counted {
  tone: Tone;
  count: number;
  word: string;
  /** The word is told on hover and to who cannot see: the shape stands for it where there is little room. */
  bare?: boolean;
}

export function Tally({ counts }: { counts: readonly Counted[] }): React.ReactNode {
  return (
    <span className={classes.tally}>
      {counts.map((each) => (
        <span
          key={each.word}
          className={classes.part}
          data-state={each.count > 0 ? each.tone : undefined}
          title={`${count(each.count)} ${each.word}`}
        >
          {each.count > 0 && <Shape tone={each.tone} />}
          {count(each.count)} <span className={each.bare ? "unseen" : classes.word}>{each.word}</span>
        </span>
      ))}
    </span>
  );
}
