/** The fields of a type's form: what every resource has (name, description, tags), then its config, in groups. */
import type { Resource, TypeInfo } from "~/api/types";
import type { Values } from "./draft";
import type { Common, Field, Json } from "./field";
import { fieldsOf } from "./schema";
import { completed } from "./value";

export interface PlacedField {
  field: Field;
  /** As core calls it: `name`, `config.ports`. */
  path: string;
}

export interface FieldGroup {
  title: string;
  fields: readonly PlacedField[];
}

export interface FormFields {
  groups: readonly FieldGroup[];
  byPath: ReadonlyMap<string, Field>;
}

const PLAIN: Common = {
  name: "",
  label: "",
  help: "",
  docs: "",
  group: "",
  required: false,
  nullable: false,
  fallback: undefined,
  powers: [],
  example: "",
};

const NAME_RULE = {
  minLength: 2,
  maxLength: 63,
  pattern: "^[a-z0-9]+([._-][a-z0-9]+)*$",
  rule: "Use 2 to 63 lower-case letters and digits, with single . _ or - between them.",
};

const GENERAL: readonly Field[] = [
  { ...PLAIN, ...NAME_RULE, kind: "text", name: "name", label: "Name", required: true },
  {
    ...PLAIN,
    kind: "text",
    name: "description",
    label: "Description",
    help: "What it is for, in a sentence.",
    fallback: "",
    minLength: 0,
    maxLength: undefined,
    pattern: "",
    rule: "",
  },
  {
    ...PLAIN,
    kind: "scalars",
    name: "tags",
    label: "Tags",
    help: "To find and filter by.",
    fallback: [],
    item: { ...PLAIN, ...NAME_RULE, kind: "text", required: true },
    maxItems: 50,
  },
];

/** `stored`: of one that is there already, whose name is not changed here where renaming is more than that. */
export function formFields(type: TypeInfo, stored = false): FormFields {
  const config = fieldsOf(type.config).map((field): PlacedField => ({ field, path: `config.${field.name}` }));
  const renames = stored && type.operations.some(({ name }) => name === `${type.name}.rename`);
  const general = GENERAL.filter(({ name }) => !renames || name !== "name").map(
    (field): PlacedField => ({ field, path: field.name }),
  );
  const groups: FieldGroup[] = [{ title: "General", fields: general }, ...grouped(config)];
  return { groups, byPath: new Map([...general, ...config].map(({ path, field }) => [path, field])) };
}

/** By the group each field says it is in, in the order groups first appear; the rest comes first. */
export function grouped(fields: readonly PlacedField[]): FieldGroup[] {
  const groups = new Map<string, PlacedField[]>();
  for (const placed of fields) {
    const title = placed.field.group || "Settings";
    groups.set(title, [...(groups.get(title) ?? []), placed]);
  }
  const order = [...groups.entries()].sort(([a], [b]) => Number(b === "Settings") - Number(a === "Settings"));
  return order.map(([title, placed]) => ({ title, fields: placed }));
}

/** What a new resource begins with, or a stored one holds, by path. */
export function valuesOf(
  fields: FormFields,
  of: { name?: string; description?: string; tags?: readonly string[]; config?: object },
): Values {
  const config = [...fields.byPath].filter(([path]) => path.startsWith("config.")).map(([, field]) => field);
  const given = completed(config, (of.config ?? {}) as Json);
  return {
    name: of.name ?? "",
    description: of.description ?? "",
    tags: of.tags ?? [],
    ...Object.fromEntries(config.map((field) => [`config.${field.name}`, given[field.name]])),
  };
}

/** The body of a request that holds these values: config fields under `config`, the others beside it. */
export function bodyOf(values: Values): Json {
  const body: Json = {};
  const config: Json = {};
  for (const [path, value] of Object.entries(values)) {
    if (path.startsWith("config.")) config[path.slice("config.".length)] = value;
    else body[path] = value;
  }
  return Object.keys(config).length > 0 ? { ...body, config } : body;
}

/** Id of the server these values choose: the first field that names one, also inside an object. */
export function serverOf(fields: FormFields, values: Values): string {
  for (const [path, field] of fields.byPath) {
    const found = serverIn(field, values[path]);
    if (found) return found;
  }
  return "";
}

function serverIn(field: Field, value: unknown): string {
  if (field.kind === "reference") return field.type === "server" && typeof value === "string" ? value : "";
  if (field.kind !== "object" || typeof value !== "object" || value === null) return "";
  const inner: Json = { ...value };
  return field.fields.map((each) => serverIn(each, inner[each.name])).find(Boolean) ?? "";
}

/** Only what the viewer may change. */
export function mayUpdate(type: TypeInfo, resource: Resource): boolean {
  return resource.can.includes(`${type.name}.update`);
}
