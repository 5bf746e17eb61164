/** Variables: the rows of an environment, and what reading .env text does to them. */
import { type EnvText, parseEnv } from "../env";
import { isObject } from "../field";
import { listed } from "../words";

export interface Variable {
  name: string;
  /** null: a stored secret. */
  value: string | null;
}

export function variablesOf(value: unknown): Variable[] {
  if (!Array.isArray(value)) return [];
  return value.map((row: unknown) => {
    const { name, value: inner } = isObject(row) ? row : {};
    return { name: typeof name === "string" ? name : "", value: typeof inner === "string" ? inner : null };
  });
}

export interface LineProblem {
  line: number;
  message: string;
}

/** Text as variables. A lone name keeps a stored secret, and is wrong where none is stored. */
export function readText(
  text: string,
  stored: ReadonlySet<string> | undefined,
): { variables: Variable[]; problems: LineProblem[]; comments: number } {
  const read = parseEnv(text, { lone: stored !== undefined });
  const problems: LineProblem[] = [
    ...read.wrong,
    ...read.duplicates.map(({ line, name, first }) => ({
      line,
      message: `gives ${name} again, after line ${first}`,
    })),
    ...read.pairs
      .filter(({ name, value }) => value === null && !stored?.has(name))
      .map(({ line, name }) => ({ line, message: `has no value, and none is stored; write ${name}=value` })),
  ];
  return {
    variables: read.pairs.map(({ name, value }) => ({
      name,
      value: value ?? (stored?.has(name) ? null : ""),
    })),
    problems: problems.sort((a, b) => a.line - b.line),
    comments: read.comments,
  };
}

/** The variables with those of a text put in: a name that is there gets the new value, others come behind. */
export function taken(
  variables: readonly Variable[],
  text: EnvText,
): { variables: Variable[]; words: string } {
  const given = new Map(
    text.pairs.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])),
  );
  const before = variables.filter(({ name, value }) => name !== "" || (value ?? "") !== "");
  const kept = before.map((one) => ({ ...one, value: given.get(one.name) ?? one.value }));
  const names = new Set(before.map(({ name }) => name));
  const added = [...given].filter(([name]) => !names.has(name)).map(([name, value]) => ({ name, value }));
  const changed = kept.filter((one, index) => one.value !== before[index]?.value).length;
  return { variables: [...kept, ...added], words: words(text, added.length, changed) };
}

function words(text: EnvText, added: number, changed: number): string {
  const parts = [added > 0 && `${added} new`, changed > 0 && `${changed} changed`].filter(
    (part) => part !== false,
  );
  const out = [
    ...text.wrong.map(({ line, message }) => `line ${line} ${message}`),
    ...text.duplicates.map(({ line, name }) => `line ${line} gives ${name} again`),
  ];
  const more = out.length > 3 ? [...out.slice(0, 3), `${out.length - 3} more`] : out;
  const read = `${parts.length > 0 ? listed(parts) : "Nothing new"}.`;
  return more.length > 0 ? `${read} Left out: ${listed(more)}.` : read;
}
