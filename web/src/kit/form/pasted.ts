/** What pasted lines mean in a list: an item for each line, read in the list's short form where it has one. */
import { type Field, isObject, type Json, type RowsField, type ScalarsField } from "./field";
import { shortForm } from "./shortForms";
import { blank, blankShape, same } from "./value";

export type ListField = RowsField | ScalarsField;

/** A new, empty item. */
export function blankItem(field: ListField): unknown {
  return field.kind === "rows" ? blankShape(field) : blank({ ...field.item, nullable: false });
}

/** The items a pasted text means; undefined where the browser shall paste it as it is. */
export function pastedItems(field: ListField, text: string): unknown[] | undefined {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("# "));
  const form = field.kind === "rows" ? shortForm(field) : undefined;
  const [first = ""] = lines;
  // A single line is taken apart only where it is plainly more than one cell's text.
  if (lines.length < 2) {
    const row = /[:/]/.test(first) ? form?.read(first) : undefined;
    return row && field.kind === "rows" ? [whole(field, row)] : undefined;
  }
  const items = lines.map((line) => item(field, line.replace(/^- /, ""), form?.read));
  return items.every((one) => one !== undefined) ? items : undefined;
}

/** The list with items put in at a place; an empty one there gives way. */
export function inserted(
  field: ListField,
  list: readonly unknown[],
  at: number,
  items: readonly unknown[],
): unknown[] {
  const here = list[at];
  const gives = at < list.length && same(here, blankItem(field));
  return [...list.slice(0, gives ? at : at + 1), ...items, ...list.slice(at + 1)];
}

/** The list with one item somewhere else. */
export function moved(list: readonly unknown[], from: number, to: number): unknown[] {
  const rest = [...list.slice(0, from), ...list.slice(from + 1)];
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}

function item(
  field: ListField,
  line: string,
  read: ((text: string) => Json | undefined) | undefined,
): unknown {
  if (field.kind === "scalars") return plain(field.item, line);
  const row = read?.(line);
  if (row) return whole(field, row);
  const [first] = field.fields;
  const value = first && plain(first, line);
  return first && value !== undefined ? { ...blankShape(field), [first.name]: value } : undefined;
}

function plain(field: Field, line: string): string | number | undefined {
  if (field.kind === "text") return line;
  return field.kind === "number" && Number.isFinite(Number(line)) ? Number(line) : undefined;
}

function whole(field: RowsField, row: unknown): Json {
  return { ...blankShape(field), ...(isObject(row) ? row : {}) };
}
