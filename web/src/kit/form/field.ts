/** Field: what a form knows of one value of a config, read from the JSON schema core publishes. */

/** What every field has. */
export interface Common {
  name: string;
  label: string;
  /** One sentence, or nothing. */
  help: string;
  /** Where the thing is explained further, or nothing. */
  docs: string;
  group: string;
  required: boolean;
  /** null is a value: there is none. */
  nullable: boolean;
  /** The default; undefined where there is none. */
  fallback: unknown;
  /** Host powers that values of this field may be. */
  powers: readonly string[];
  /** How one item is written as text on a command line. */
  example: string;
}

export interface TextRules {
  minLength: number;
  maxLength: number | undefined;
  pattern: string;
  /** The pattern in words, where they are known. */
  rule: string;
  /** A text of many lines. */
  lines?: boolean;
}

/** One of what a text may be, as people know it. */
export interface Choice {
  value: string;
  title: string;
  unit: string;
}

export interface TextField extends Common, TextRules {
  kind: "text";
  /** Chosen from these instead of typed. */
  choices?: readonly Choice[];
}

/** Stored encrypted and shown as null; null sent back keeps what is stored. */
export interface SecretField extends Common, TextRules {
  kind: "secret";
}

export interface NumberField extends Common {
  kind: "number";
  whole: boolean;
  minimum: number | undefined;
  maximum: number | undefined;
  /** Shown behind the number. */
  unit: string;
}

export interface BooleanField extends Common {
  kind: "boolean";
}

export interface EnumField extends Common {
  kind: "enum";
  options: readonly (string | number)[];
  /** What is read for an option; one that is not in it is read as it is. */
  words: Readonly<Record<string, string>>;
}

/** What people read for one of its options. */
export function optionWord(field: EnumField, option: unknown): string {
  return field.words[String(option)] ?? String(option);
}

/** The id of another resource. */
export interface ReferenceField extends Common {
  kind: "reference";
  type: string;
}

/** A list of texts, numbers, choices or references. */
export interface ScalarsField extends Common {
  kind: "scalars";
  item: Field;
  maxItems: number | undefined;
}

/** An object's fields, and the values in it that never vary (its tag). */
export interface Shape {
  fields: readonly Field[];
  constants: Readonly<Record<string, unknown>>;
}

/** A list of objects. */
export interface RowsField extends Common, Shape {
  kind: "rows";
  maxItems: number | undefined;
}

export interface ObjectField extends Common, Shape {
  kind: "object";
}

export interface Arm extends Shape {
  value: string;
  label: string;
}

/** One of several objects, told apart by the text in `tag`. */
export interface UnionField extends Common {
  kind: "union";
  tag: string;
  arms: readonly Arm[];
}

/** Anything else: edited as JSON. */
export interface JsonField extends Common {
  kind: "json";
}

export type Field =
  | TextField
  | SecretField
  | NumberField
  | BooleanField
  | EnumField
  | ReferenceField
  | ScalarsField
  | RowsField
  | ObjectField
  | UnionField
  | JsonField;

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of `{name, value}`: shown as an environment. */
export function isPairs(field: Field): field is RowsField {
  if (field.kind !== "rows" || field.fields.length !== 2) return false;
  const [name, value] = field.fields;
  return (
    name?.name === "name" &&
    name.kind === "text" &&
    value?.name === "value" &&
    (value.kind === "text" || value.kind === "secret")
  );
}

/** Whether the rows of a list are told apart by their name. */
export function hasNames(field: RowsField): boolean {
  return field.fields.some((each) => each.name === "name" && each.kind === "text");
}

/** Whether the values of a `{name, value}` list are secrets. */
export function holdsSecrets(field: RowsField): boolean {
  return field.fields.some((each) => each.kind === "secret");
}

/** The arm a value of a union belongs to. */
export function armOf(field: UnionField, value: unknown): Arm | undefined {
  const tag = isObject(value) ? value[field.tag] : undefined;
  return field.arms.find((arm) => arm.value === tag);
}
