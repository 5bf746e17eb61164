/** Pieces: a line of the palette as strong and faint words, and which letters of it are marked. */
import { joined, type Span, spansOf, type Text, type Word } from "./match";

export interface Piece {
  text: string;
  /** Words between names: `on`, `container on`. */
  faint?: boolean;
}

/** Pieces cut where marks begin and end. */
export interface Cut extends Piece {
  marked: boolean;
}

export function shownOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

/** A word that fits only what is not shown brings that to the end of the line: `auth-cache on edge-2  redis:7.4`. */
export function cut(pieces: readonly Piece[], words: readonly Word[], text: Text): Cut[] {
  return [...cutShown(pieces, words, text), ...words.flatMap((word) => tail(word, text))];
}

function tail(word: Word, text: Text): Cut[] {
  if (spansOf(word, text).length > 0) return [];
  const hidden = text.also.split(" ").find((each) => each.includes(word.text));
  if (hidden === undefined) return [];
  const at = hidden.indexOf(word.text);
  const end = at + word.text.length;
  return [
    { text: `  ${hidden.slice(0, at)}`, faint: true, marked: false },
    { text: hidden.slice(at, end), faint: true, marked: true },
    { text: hidden.slice(end), faint: true, marked: false },
  ];
}

function cutShown(pieces: readonly Piece[], words: readonly Word[], text: Text): Cut[] {
  const spans = joined(words.flatMap((word) => spansOf(word, text)));
  const found: Cut[] = [];
  let begin = 0;
  for (const piece of pieces) {
    const end = begin + piece.text.length;
    let at = begin;
    for (const [from, to] of within(spans, begin, end)) {
      if (from > at)
        found.push({ ...piece, text: piece.text.slice(at - begin, from - begin), marked: false });
      found.push({ ...piece, text: piece.text.slice(from - begin, to - begin), marked: true });
      at = to;
    }
    if (at < end) found.push({ ...piece, text: piece.text.slice(at - begin), marked: false });
    begin = end;
  }
  return found;
}

function within(spans: readonly Span[], begin: number, end: number): Span[] {
  return spans
    .map(([from, to]) => [Math.max(from, begin), Math.min(to, end)] as const)
    .filter(([from, to]) => from < to);
}
