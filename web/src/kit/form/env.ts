/** .env text: `NAME=value` lines as people keep them, read into pairs and written back so that reading gives the same. */

export interface Pair {
  name: string;
  /** null: the name alone stands there. */
  value: string | null;
  /** Counted from 1. */
  line: number;
}

export interface EnvText {
  pairs: Pair[];
  /** Lines that are none. */
  wrong: { line: number; message: string }[];
  /** Names that were there before; the later one is not taken. */
  duplicates: { line: number; name: string; first: number }[];
  /** How many lines were comments. */
  comments: number;
}

/** `lone`: a name without `=` is allowed (a secret that keeps its stored value). */
export function parseEnv(text: string, { lone = false } = {}): EnvText {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const found: EnvText = { pairs: [], wrong: [], duplicates: [], comments: 0 };
  const first = new Map<string, number>();
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    const bare = (lines[at] ?? "").trim();
    if (bare === "") continue;
    if (bare.startsWith("#")) {
      found.comments += 1;
      continue;
    }
    const taken = assignment(lines, at, lone);
    if ("message" in taken) {
      found.wrong.push({ line, message: taken.message });
      continue;
    }
    at = taken.last;
    const before = first.get(taken.name);
    if (before !== undefined) {
      found.duplicates.push({ line, name: taken.name, first: before });
      continue;
    }
    first.set(taken.name, line);
    found.pairs.push({ name: taken.name, value: taken.value, line });
  }
  return found;
}

/** Pairs as text. What a plain line cannot say stands in double quotes. */
export function printEnv(pairs: readonly { name: string; value: string | null }[]): string {
  return pairs.map(({ name, value }) => (value === null ? name : `${name}=${quoted(value)}`)).join("\n");
}

/** Whether text can hold these pairs: a name such as `#a` would be read as a comment. */
export function fitsText(pairs: readonly { name: string; value: string | null }[], lone: boolean): boolean {
  const read = parseEnv(printEnv(pairs), { lone }).pairs;
  return (
    read.length === pairs.length &&
    read.every(({ name, value }, at) => name === pairs[at]?.name && value === pairs[at]?.value)
  );
}

type Assignment = { name: string; value: string | null; last: number } | { message: string };

function assignment(lines: readonly string[], at: number, lone: boolean): Assignment {
  const whole = (lines[at] ?? "").trimStart().replace(/^export\s+/, "");
  const equals = whole.indexOf("=");
  const name = (equals < 0 ? whole : whole.slice(0, equals)).trim();
  if (equals < 0 && (!lone || /\s/.test(name))) return { message: "has no '='; write NAME=value" };
  if (name === "") return { message: "has no name before the '='" };
  if (equals < 0) return { name, value: null, last: at };
  const rest = whole.slice(equals + 1).trimStart();
  const quote = rest.charAt(0);
  if (quote === '"' || quote === "'") {
    const closed = quotedValue(lines, at, rest, quote);
    if (closed) return { name, ...closed };
  }
  return { name, value: rest.replace(/(^|\s)#.*$/, "").trim(), last: at };
}

/** Further than this no quoted value goes on: a quote that never closes must not swallow a file. */
const LONGEST = 400;

/** A value in quotes, which may go on over lines; nothing if they never close or something follows them. */
function quotedValue(
  lines: readonly string[],
  at: number,
  start: string,
  quote: string,
): { value: string; last: number } | undefined {
  const here = start.slice(1);
  const raw = closing(here, quote) >= 0 ? here : [here, ...lines.slice(at + 1, at + LONGEST)].join("\n");
  const end = closing(raw, quote);
  if (end < 0 || !/^[^\S\n]*(#.*)?(\n|$)/.test(raw.slice(end + 1))) return undefined;
  const inside = raw.slice(0, end);
  return { value: quote === '"' ? unescaped(inside) : inside, last: at + inside.split("\n").length - 1 };
}

function closing(raw: string, quote: string): number {
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === "\\" && quote === '"') at += 1;
    else if (raw[at] === quote) return at;
  }
  return -1;
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (both, after: string) => {
    const plain = ESCAPES[after];
    if (plain !== undefined) return plain;
    return '"\\$'.includes(after) ? after : both;
  });
}

function quoted(value: string): string {
  const plain =
    value === value.trim() && !/[\n\r]/.test(value) && !/^["']/.test(value) && !/(^|\s)#/.test(value);
  if (plain) return value;
  const inside = value
    .replace(/[\\"]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t");
  return `"${inside}"`;
}
