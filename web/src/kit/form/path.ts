/** Paths of values: as core writes them in a problem (`config.environment[NAME].value`), and as controls are called. */
import { isObject } from "./field";

/** The field of the form a path is in: `name`, `tags`, `config.ports`. */
export function topOf(path: string): string {
  return /^(config\.)?\w+/.exec(path)?.[0] ?? path;
}

/** A control's id in the page. */
export function idOf(path: string): string {
  return `field-${path}`;
}

/** Whether `path` is `outer` or stands inside it. */
export function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

/**
 * The path of core as a control's: rows called by their name are found by it, and what the form does not hold is cut
 * off. Nothing if no field of the form is meant.
 */
export function locate(path: string, values: Readonly<Record<string, unknown>>): string | undefined {
  const whole = topOf(path) in values || !(`config.${topOf(path)}` in values) ? path : `config.${path}`;
  const top = topOf(whole);
  if (!(top in values)) return undefined;
  let found = top;
  let rest = whole.slice(top.length);
  let value = values[top];
  while (rest !== "") {
    const step = rest.startsWith("[") ? row(rest, value) : property(rest, value);
    if (!step) return found;
    found += step.own;
    rest = rest.slice(step.length);
    value = step.value;
  }
  return found;
}

interface Step {
  own: string;
  /** Characters of core's path. */
  length: number;
  value: unknown;
}

function property(rest: string, value: unknown): Step | undefined {
  const name = /^\.(\w+)/.exec(rest)?.[1];
  if (!name || !isObject(value) || !(name in value)) return undefined;
  return { own: `.${name}`, length: name.length + 1, value: value[name] };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** By name (a file's is its path), the longest that fits (a name may hold brackets and dots), else by number. */
function row(rest: string, value: unknown): Step | undefined {
  if (!Array.isArray(value)) return undefined;
  let best: Step | undefined;
  value.forEach((item: unknown, index) => {
    const name = isObject(item) ? text(item.name) || text(item.path) : "";
    const length = name.length + 2;
    if (name && rest.startsWith(`[${name}]`) && length > (best?.length ?? 0)) {
      best = { own: `[${index}]`, length, value: item };
    }
  });
  if (best) return best;
  const number = /^\[(\d+)\]/.exec(rest)?.[1];
  if (number === undefined || Number(number) >= value.length) return undefined;
  return { own: `[${number}]`, length: number.length + 2, value: value[Number(number)] };
}
