/** A config as lines, much like TOML: stable, one fact a line, no secret in it. What diffs and read-only views show. */
import {
  armOf,
  type Field,
  holdsSecrets,
  isObject,
  isPairs,
  type RowsField,
  type Shape,
} from "../form/field";
import { fieldsOf } from "../form/schema";
import { written } from "../form/shortForms";
import type { Line } from "./line";

export type Names = Readonly<Record<string, string>>;

/** Lines of a type's config; ids of other resources are shown by `names`. */
export function configLines(config: object, schema: unknown, names: Names = {}): Line[] {
  return linesOf(fieldsOf(schema), config as Record<string, unknown>, names, "config.");
}

/** Lines of these fields of an object. */
export function linesOf(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
  names: Names = {},
  prefix = "",
): Line[] {
  return fields.flatMap((field) =>
    lines(field, values[field.name], {
      key: prefix + field.name,
      called: field.name,
      section: field.group,
      names,
    }),
  );
}

interface Place {
  key: string;
  /** How the line begins: `source.url`. */
  called: string;
  section: string;
  names: Names;
}

function lines(field: Field, value: unknown, at: Place): Line[] {
  if (value === undefined) return [];
  if (field.kind === "secret") return [secret(at, value)];
  if (value === null) return field.nullable ? [] : [line(at, "null")];
  switch (field.kind) {
    case "rows":
      return rows(field, value, at);
    case "scalars":
      return scalars(field.item, value, at);
    case "object":
      return shape(field, value, at);
    case "union": {
      const arm = armOf(field, value);
      if (!arm) return [line(at, JSON.stringify(value))];
      return [line(inside(at, field.tag), JSON.stringify(arm.value)), ...shape(arm, value, at)];
    }
    default:
      return [line(at, scalar(field, value, at.names))];
  }
}

function shape(of: Shape, value: unknown, at: Place): Line[] {
  const row = isObject(value) ? value : {};
  return of.fields.flatMap((field) => lines(field, row[field.name], inside(at, field.name)));
}

function rows(field: RowsField, value: unknown, at: Place): Line[] {
  if (!Array.isArray(value)) return [line(at, JSON.stringify(value))];
  const section = field.name;
  return value.map((row: unknown, index) => {
    const name = isObject(row) && typeof row.name === "string" ? row.name : undefined;
    const key = `${at.key}[${name ?? index}]`;
    if (isPairs(field) && isObject(row)) return pair(field, row, { ...at, key, section, called: name ?? "" });
    return { key, section, text: written(field, row) ?? inlineTable(field, row, at.names) };
  });
}

function pair(field: RowsField, row: Record<string, unknown>, at: Place): Line {
  if (holdsSecrets(field)) return secret(at, row.value);
  return line(at, bare(String(row.value ?? "")));
}

/** A short list stands on one line; a long one has a line for each. */
function scalars(item: Field, value: unknown, at: Place): Line[] {
  if (!Array.isArray(value)) return [line(at, JSON.stringify(value))];
  const texts = value.map((each) => scalar(item, each, at.names));
  const whole = `[${texts.join(", ")}]`;
  if (whole.length <= 80) return [line(at, whole)];
  return texts.map((text, index) => ({ key: `${at.key}[${index}]`, section: at.called, text }));
}

function inlineTable(field: RowsField, row: unknown, names: Names): string {
  if (!isObject(row)) return JSON.stringify(row);
  const parts = field.fields
    .filter((each) => row[each.name] !== undefined && row[each.name] !== each.fallback)
    .map(
      (each) =>
        `${each.name} = ${each.kind === "secret" ? '"••••••••"' : scalar(each, row[each.name], names)}`,
    );
  return `{ ${parts.join(", ")} }`;
}

function scalar(field: Field, value: unknown, names: Names): string {
  if (field.kind === "reference" && typeof value === "string") return JSON.stringify(names[value] ?? value);
  return JSON.stringify(value) ?? "null";
}

/** An environment's value as it is where that is plain, in quotes where it would not be seen whole. */
function bare(value: string): string {
  const plain = value !== "" && value === value.trim() && !/[\p{Cc}"]/u.test(value);
  return plain ? value : JSON.stringify(value);
}

const line = (at: Place, value: string): Line => ({
  key: at.key,
  section: at.section,
  text: `${at.called} = ${value}`,
});

const secret = (at: Place, value: unknown): Line => ({
  key: at.key,
  section: at.section,
  text: `${at.called} = `,
  secret: typeof value === "string" ? "typed" : "stored",
});

const inside = (at: Place, name: string): Place => ({
  ...at,
  key: `${at.key}.${name}`,
  called: `${at.called}.${name}`,
});
