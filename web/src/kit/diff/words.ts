/** What differs inside a changed line, by words; what stays the same and is long is shortened. */

export interface Part {
  text: string;
  changed: boolean;
}

/** Both versions in parts. */
export function compareWords(before: string, after: string): { before: Part[]; after: Part[] } {
  const [a, b] = [tokens(before), tokens(after)];
  if (!a || !b) return ends(before, after);
  const kept = common(a, b);
  return { before: parts(a, kept.before), after: parts(b, kept.after) };
}

/** More words than this are compared only from both ends. */
const MOST = 400;

function tokens(text: string): string[] | undefined {
  if (text.length > 20_000) return undefined;
  const found = text.match(/[\p{L}\p{N}_.-]+|\s+|[^\p{L}\p{N}_.\-\s]/gu) ?? [];
  return found.length > MOST ? undefined : found;
}

/** Which tokens of each stand in both, in the same order. */
function common(a: readonly string[], b: readonly string[]): { before: Set<number>; after: Set<number> } {
  const width = b.length + 1;
  const run = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => run[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      run[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kept = { before: new Set<number>(), after: new Set<number>() };
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      kept.before.add(i++);
      kept.after.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

function parts(all: readonly string[], kept: ReadonlySet<number>): Part[] {
  const found: Part[] = [];
  all.forEach((text, index) => {
    const changed = !kept.has(index);
    const last = found.at(-1);
    if (last && last.changed === changed) last.text += text;
    else found.push({ text, changed });
  });
  return found.map(shortened);
}

function ends(before: string, after: string): { before: Part[]; after: Part[] } {
  let head = 0;
  const most = Math.min(before.length, after.length);
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const cut = (text: string): Part[] =>
    [
      { text: text.slice(0, head), changed: false },
      { text: text.slice(head, text.length - tail), changed: true },
      { text: text.slice(text.length - tail), changed: false },
    ]
      .filter((part) => part.text !== "")
      .map(shortened);
  return { before: cut(before), after: cut(after) };
}

/** Longer texts keep their beginning and end: a change in the middle must be seen. */
const LONGEST = 120;
const LONGEST_CHANGED = 4000;

export function shortened(part: Part): Part {
  const most = part.changed ? LONGEST_CHANGED : LONGEST;
  if (part.text.length <= most) return part;
  const half = Math.floor(most / 2) - 1;
  return { ...part, text: `${part.text.slice(0, half)} … ${part.text.slice(-half)}` };
}
