/** Control: what a program sent to a terminal, as the text that would stand there; only colours stay as sequences. */
import { PLAIN, restyle, type Style } from "./style";

// Everything below U+0020 but tab and newline, DEL, and the C1 controls.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ANY = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/**
 * One control function: an OSC, DCS, SOS, PM or APC string with its end (title, clipboard, hyperlink); one that has
 * not ended yet, if it is short; a CSI sequence (colours, cursor); a two-character escape; the rest of the controls.
 */
const ONE = new RegExp(
  [
    "\\x1b[\\]PX^_][^\\x07\\x1b\\n]*(?:\\x07|\\x1b\\\\)",
    "\\x1b[\\]PX^_][^\\x07\\x1b\\n]{0,4096}\\x1b?$",
    "\\x1b\\[([0-?]*)([ -/]*)([@-~])",
    "\\x1b(?:\\[[0-?]*[ -/]*)?$",
    "\\x1b[ -/]*[0-~]",
    "[\\x00-\\x07\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]",
  ].join("|"),
  "g",
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins each
const COLOUR = /\x1b\[([\d;:]*)m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, kept when split by
const WHOLE_COLOUR = /(\x1b\[[\d;:]*m)/;

/** One line as it is shown: printable text, tabs and SGR sequences. */
export function shown(raw: string): string {
  if (!ANY.test(raw)) return raw;
  const text = raw.replace(ONE, (all, parameters: string, between: string, final: string) =>
    final === "m" && between === "" && /^[\d;:]*$/.test(parameters) ? all : "",
  );
  return rubbedOut(overwritten(text));
}

/** Text without its colours. */
export function plain(text: string): string {
  return text.includes("\x1b") ? text.replace(COLOUR, "") : text;
}

/** The style after a text. */
export function styleAfter(text: string, style: Style): Style {
  if (!text.includes("\x1b")) return style;
  let now = style;
  for (const [, parameters = ""] of text.matchAll(COLOUR)) now = restyle(now, parameters);
  return now;
}

export interface Span {
  text: string;
  style: Style;
}

/** A shown line cut where its style changes. */
export function spans(text: string, style: Style): Span[] {
  if (!text.includes("\x1b")) return text ? [{ text, style }] : [];
  const found: Span[] = [];
  let now = style;
  let from = 0;
  for (const match of text.matchAll(COLOUR)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), style: now });
    now = restyle(now, match[1] ?? "");
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), style: now });
  return found;
}

/** `\r` begins the line anew: the last state that says something stays, with the colours set before it. */
function overwritten(text: string): string {
  if (!text.includes("\r")) return text;
  const states = text.split("\r");
  let at = states.length - 1;
  while (at > 0 && plain(states[at] ?? "") === "") at -= 1;
  const before = states.slice(0, at).join("");
  return colours(before) + (states[at] ?? "") + colours(states.slice(at + 1).join(""));
}

function colours(text: string): string {
  if (!text.includes("\x1b")) return "";
  const set = [...text.matchAll(COLOUR)].map((match) => match[0]).join("");
  return styleAfter(set, PLAIN) === PLAIN && set.endsWith("[0m") ? "\x1b[0m" : set;
}

/** A backspace takes the character before it away, as old progress bars do. */
function rubbedOut(text: string): string {
  if (!text.includes("\b")) return text;
  const kept: string[] = [];
  for (const token of text.split(WHOLE_COLOUR)) {
    if (token.startsWith("\x1b")) kept.push(token);
    else for (const letter of token) letter === "\b" ? dropLast(kept) : kept.push(letter);
  }
  return kept.join("");
}

function dropLast(kept: string[]): void {
  const at = kept.findLastIndex((unit) => !unit.startsWith("\x1b"));
  if (at >= 0) kept.splice(at, 1);
}
