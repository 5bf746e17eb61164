/** Score: how well the typed words fit together; what a key stroke runs thousands of times. */
import { fit, type Text, type Word } from "./match";

/** One number for each word; 0 where it does not fit. */
export type Fits = readonly number[];

export function fitsOf(words: readonly Word[], text: Text): Fits {
  const fits: number[] = [];
  for (const word of words) fits.push(fit(word, text));
  return fits;
}

/** The mean over all words; 0 as soon as one does not fit. */
export function whole(words: readonly Word[], text: Text): number {
  let sum = 0;
  for (const word of words) {
    const score = fit(word, text);
    if (score === 0) return 0;
    sum += score;
  }
  return words.length === 0 ? 0 : sum / words.length;
}

/** Of two texts that are shown as one, the better fit of each word counts. */
export function together(a: Fits, b: Fits): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const score = Math.max(a[i] ?? 0, b[i] ?? 0);
    if (score === 0) return 0;
    sum += score;
  }
  return a.length === 0 ? 0 : sum / a.length;
}

/** Whether the first fits some word better than the second does. */
export function adds(a: Fits, b: Fits): boolean {
  for (let i = 0; i < a.length; i++) if ((a[i] ?? 0) > (b[i] ?? 0)) return true;
  return false;
}
