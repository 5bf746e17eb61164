/** The changes an activity recorded, as the lines of a diff. */
import type { Field } from "../form/field";
import { isObject } from "../form/field";
import { fieldsOf } from "../form/schema";
import { linesOf, type Names } from "./configLines";
import type { Line } from "./line";

/** One changed field as the record holds it: values as JSON text, which may be cut or carry a note. */
export interface Change {
  field: string;
  before: string;
  after: string;
}

/** Core's words behind a value whose secrets changed while all else stayed. */
const NOTE = " (a secret value changed)";

export function changeLines(
  changes: readonly Change[],
  schema: unknown,
  names: Names = {},
): { before: Line[]; after: Line[] } {
  const fields = new Map(fieldsOf(schema).map((field) => [`config.${field.name}`, field]));
  const side = (take: (change: Change) => string) =>
    changes.flatMap((change) => valueLines(change.field, take(change), fields.get(change.field), names));
  return { before: side((change) => change.before), after: side((change) => change.after) };
}

function valueLines(path: string, json: string, field: Field | undefined, names: Names): Line[] {
  const noted = json.endsWith(NOTE);
  const text = noted ? json.slice(0, -NOTE.length) : json;
  const note: Line[] = noted
    ? [{ key: `${path}!`, section: field?.name ?? "", text: "# a secret value changed" }]
    : [];
  try {
    const value: unknown = unmasked(JSON.parse(text));
    if (field) return [...linesOf([field], { [field.name]: value }, names, "config."), ...note];
    if (value === null) return note;
    return [{ key: path, section: "", text: `${path} = ${JSON.stringify(value)}` }, ...note];
  } catch {
    return [{ key: path, section: "", text: `${path.replace(/^config\./, "")} = ${text}` }, ...note];
  }
}

/** Stars stand for a stored secret, which a config shows as null. */
function unmasked(value: unknown): unknown {
  if (value === "********") return null;
  if (Array.isArray(value)) return value.map(unmasked);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, unmasked(inside)]));
}
