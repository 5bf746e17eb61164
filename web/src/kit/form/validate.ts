/** What is wrong with a value by its field's rules, each said with the way out. */
import { armOf, type Field, hasNames, isObject, type RowsField, type Shape, type TextRules } from "./field";
import { complaint, fits } from "./pattern";
import { inSentence } from "./words";

export interface Wrong {
  /** As core writes it: `config.ports[2].host`. */
  path: string;
  message: string;
}

/** Every wrong place in a value; none if it may be sent. */
export function validate(field: Field, value: unknown, path: string): Wrong[] {
  if (value === null || value === undefined) {
    if (field.nullable) return [];
    return [{ path, message: missing(field) }];
  }
  switch (field.kind) {
    case "text":
    case "secret":
      return said(path, text(field, value, field.kind === "secret"));
    case "number":
      return said(path, number(field.whole, field.minimum, field.maximum, value));
    case "enum":
      return field.options.includes(value as string) ? [] : [{ path, message: missing(field) }];
    case "reference":
      return value === "" ? [{ path, message: missing(field) }] : [];
    case "scalars":
      return list(field.maxItems, value, path, (item, at) =>
        validate({ ...field.item, label: "" }, item, at),
      );
    case "rows":
      return [
        ...list(field.maxItems, value, path, (row, at) => shape(field, row, at)),
        ...duplicates(field, value, path),
      ];
    case "object":
      return shape(field, value, path);
    case "union": {
      const arm = armOf(field, value);
      return arm ? shape(arm, value, path) : [{ path, message: missing(field) }];
    }
    default:
      return [];
  }
}

function shape(of: Shape, value: unknown, path: string): Wrong[] {
  const row = isObject(value) ? value : {};
  return of.fields.flatMap((field) => validate(field, row[field.name], `${path}.${field.name}`));
}

function list(
  most: number | undefined,
  value: unknown,
  path: string,
  each: (item: unknown, at: string) => Wrong[],
) {
  const items = Array.isArray(value) ? value : [];
  const found = items.flatMap((item, index) => each(item, `${path}[${index}]`));
  if (most !== undefined && items.length > most) {
    found.unshift({ path, message: `No more than ${most} fit; remove ${items.length - most}.` });
  }
  return found;
}

/** A name given twice: the second is wrong. */
function duplicates(field: RowsField, value: unknown, path: string): Wrong[] {
  if (!hasNames(field) || !Array.isArray(value)) return [];
  const seen = new Set<unknown>();
  return value.flatMap((row, index) => {
    const name = isObject(row) ? row.name : "";
    if (name === "") return [];
    if (seen.has(name))
      return [{ path: `${path}[${index}].name`, message: `${name} is given twice; remove one.` }];
    seen.add(name);
    return [];
  });
}

function text(rules: TextRules & { label: string }, value: unknown, secret: boolean): string {
  if (typeof value !== "string") return "Write a text here.";
  if (value === "") {
    if (secret) return "Enter the value, or remove it.";
    return rules.minLength > 0 || !fits(rules.pattern, "") ? `Enter ${the(rules.label)}.` : "";
  }
  const { maxLength, minLength, pattern, rule } = rules;
  const over = maxLength === undefined ? 0 : beyond(value, maxLength);
  if (over > 0) return `Shorten it by ${over}: no more than ${maxLength} characters fit.`;
  const short = value.length < 2 * minLength && [...value].length < minLength;
  if (!short && fits(pattern, value)) return "";
  if (rule) return rule;
  return short ? `Write at least ${minLength} characters.` : complaint(pattern, value);
}

/** How many characters more than the limit. Core counts characters, of which a text never has more than units. */
function beyond(value: string, most: number): number {
  return value.length > most ? [...value].length - most : 0;
}

function number(
  whole: boolean,
  minimum: number | undefined,
  maximum: number | undefined,
  value: unknown,
): string {
  const bounds = range(minimum, maximum);
  if (typeof value !== "number" || !Number.isFinite(value)) return `Enter a number${bounds}.`;
  if (whole && !Number.isInteger(value)) return `Enter a whole number${bounds}.`;
  const low = minimum !== undefined && value < minimum;
  const high = maximum !== undefined && value > maximum;
  return low || high ? `Enter a number${bounds}.` : "";
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of ${minimum} or more`;
  return maximum === undefined ? "" : ` of ${maximum} or less`;
}

function missing(field: Field): string {
  switch (field.kind) {
    case "reference":
      return `Choose ${the(field.label)}.`;
    case "enum":
      return "Choose one.";
    case "number":
      return `Enter a number${range(field.minimum, field.maximum)}.`;
    default:
      return `Enter ${the(field.label)}.`;
  }
}

const the = (label: string): string => (label ? `the ${inSentence(label)}` : "a value");

const said = (path: string, message: string): Wrong[] => (message ? [{ path, message }] : []);
