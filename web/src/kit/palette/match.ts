/** Match: how well a typed word fits a text, and which of its letters it fits. */

/** A text made ready for many questions. */
export interface Text {
  shown: string;
  lower: string;
  /** Found by these words too, though they are not shown: an image, tags. */
  also: string;
  /** One bit for each kind of letter in it: most words are refused by that alone. */
  letters: number;
}

export type Span = readonly [from: number, to: number];

export function textOf(shown: string, also = ""): Text {
  const lower = shown.toLowerCase();
  const more = also.toLowerCase();
  return { shown, lower, also: more, letters: lettersOf(lower) | lettersOf(more) };
}

export interface Word {
  text: string;
  letters: number;
}

/** The words of a query; a few are enough. */
export function wordsOf(query: string): Word[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
  return words.map((text) => ({ text, letters: lettersOf(text) }));
}

/** 0: it does not fit. 100: it is a whole word of it, at the very start. */
export function fit(word: Word, text: Text): number {
  if ((word.letters & text.letters) !== word.letters) return 0;
  const at = best(word.text, text.lower);
  if (at >= 0) return quality(word.text, text.lower, at);
  if (text.also?.includes(word.text)) return startsWord(text.also, text.also.indexOf(word.text)) ? 30 : 18;
  const letters = scattered(word.text, text.lower);
  return letters ? Math.max(5, 28 - 3 * (letters.length - 1)) : 0;
}

/** The letters of a text that a word fits, as spans; none where it fits only what is not shown. */
export function spansOf(word: Word, text: Text): Span[] {
  const at = best(word.text, text.lower);
  if (at >= 0) return [[at, at + word.text.length]];
  if (text.also.includes(word.text)) return [];
  return scattered(word.text, text.lower) ?? [];
}

/** Spans in order, those that touch as one. */
export function joined(spans: readonly Span[]): Span[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

function quality(word: string, text: string, at: number): number {
  const end = at + word.length;
  const starts = startsWord(text, at);
  const whole = starts && (end === text.length || isBreak(text.charCodeAt(end)));
  const base = whole ? 84 : starts ? 70 : 42;
  // What stands first and what is hardly longer than what was typed is more likely meant.
  return base + Math.max(0, 8 - at * 0.4) + 8 * (word.length / text.length);
}

/** Where the word stands, at a beginning of a word if anywhere; -1 if nowhere. */
function best(word: string, text: string): number {
  const first = text.indexOf(word);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (startsWord(text, at)) return at;
  return first;
}

/** The letters in their order within one word of the text, the first at its start: `wk2` in `worker-2`. */
function scattered(word: string, text: string): Span[] | undefined {
  if (word.length < 2) return undefined;
  let from = 0;
  while (from < text.length) {
    const space = text.indexOf(" ", from);
    const to = space < 0 ? text.length : space;
    const found = within(word, text, from, to);
    if (found) return found;
    from = to + 1;
  }
  return undefined;
}

function within(word: string, text: string, from: number, to: number): Span[] | undefined {
  const first = word[0] ?? "";
  for (
    let start = text.indexOf(first, from);
    start >= 0 && start < to;
    start = text.indexOf(first, start + 1)
  ) {
    if (!startsWord(text, start)) continue;
    const spans: [number, number][] = [[start, start + 1]];
    let at = start + 1;
    let typed = 1;
    for (; typed < word.length; typed++) {
      const next = text.indexOf(word[typed] ?? "", at);
      if (next < 0 || next >= to) break;
      const last = spans.at(-1);
      if (last && last[1] === next) last[1] = next + 1;
      else spans.push([next, next + 1]);
      at = next + 1;
    }
    if (typed === word.length) return spans;
  }
  return undefined;
}

function startsWord(text: string, at: number): boolean {
  return (
    at === 0 ||
    isBreak(text.charCodeAt(at - 1)) ||
    (isDigit(text.charCodeAt(at)) && !isDigit(text.charCodeAt(at - 1)))
  );
}

/** Neither a letter nor a digit; letters of other scripts are letters. */
function isBreak(code: number): boolean {
  return code < 128 && !isDigit(code) && !(code >= 97 && code <= 122);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters share bits with nothing, digits two and two, all else one. */
function lettersOf(lower: string): number {
  let bits = 0;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (isDigit(code)) bits |= 1 << (26 + ((code - 48) >> 1));
    else if (code > 32) bits |= 1 << 31;
  }
  return bits;
}
