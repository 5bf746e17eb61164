/** Completion: names of variables that are known elsewhere, offered while one is typed. */

/** So many are offered at once. */
const MOST = 8;
/** Keys of a config under which variables stand. */
const ENVIRONMENT = ["environment", "secret_environment", "env_files"];
const NAME = /^[A-Za-z_][\w.-]*$/;

/** Names others of the same type use under this field, the most used first; all of an environment's fields are one. */
export function knownNames(configs: Iterable<object>, field: string): string[] {
  const keys = ENVIRONMENT.includes(field) ? ENVIRONMENT : [field];
  const used = new Map<string, number>();
  for (const config of configs) {
    const here = new Set(keys.flatMap((key) => namesIn((config as Record<string, unknown>)[key])));
    for (const name of here) used.set(name, (used.get(name) ?? 0) + 1);
  }
  return [...used].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name);
}

/** The name that is being typed at a place of a text of NAME=value lines, and where it begins. */
export function nameAt(text: string, caret: number): { from: number; typed: string } | undefined {
  const line = text.slice(text.lastIndexOf("\n", caret - 1) + 1, caret);
  const typed = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)$/.exec(line)?.[1];
  return typed ? { from: caret - typed.length, typed } : undefined;
}

/** Those that begin with what is typed, then those that hold it; none that the text has already. */
export function offered(known: readonly string[], typed: string, text: string): string[] {
  const sought = typed.toUpperCase();
  const there = new Set(text.split("\n").map((line) => line.split("=", 1)[0]?.trim()));
  const fitting = known.filter((name) => name !== typed && !there.has(name));
  const begin = fitting.filter((name) => name.toUpperCase().startsWith(sought));
  const hold = fitting.filter((name) => !begin.includes(name) && name.toUpperCase().includes(sought));
  return [...begin, ...hold].slice(0, MOST);
}

/** The text with the name put in, and the place behind its "=". */
export function completed(text: string, caret: number, name: string): { text: string; caret: number } {
  const from = nameAt(text, caret)?.from ?? caret;
  const rest = text.slice(caret).replace(/^[\w.-]*/, "");
  const put = rest.startsWith("=") ? name : `${name}=`;
  return { text: text.slice(0, from) + put + rest, caret: from + name.length + 1 };
}

/** What is wrong with the lines of an env file, as Docker reads one: nothing is unquoted, and no line goes on. */
export function fileProblems(text: string): { line: number; message: string }[] {
  return text.split("\n").flatMap((whole, at) => {
    const line = whole.trim();
    if (line === "" || line.startsWith("#")) return [];
    if (!line.includes("=")) return [{ line: at + 1, message: "has no '='; write NAME=value" }];
    if (line.startsWith("=")) return [{ line: at + 1, message: "has no name before the '='" }];
    const spaced = /\s/.test(line.slice(0, line.indexOf("=")));
    return spaced ? [{ line: at + 1, message: "has white space in its name" }] : [];
  });
}

function namesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const { name, content, value: inner } = (item ?? {}) as Record<string, unknown>;
    if (typeof content === "string") return content.split("\n").flatMap((line) => nameOf(line.split("=")[0]));
    return content === undefined && (inner !== undefined || typeof name === "string") ? nameOf(name) : [];
  });
}

function nameOf(name: unknown): string[] {
  const text = typeof name === "string" ? name.trim() : "";
  return NAME.test(text) ? [text] : [];
}
