/** WithUnit: fields of numbers with another unit than their declaration says, also those within lists. Pure. */
import type { Field } from "./field";
import type { FieldGroup } from "./formFields";

export function withUnit(
  groups: readonly FieldGroup[],
  names: readonly string[],
  unit: string,
): FieldGroup[] {
  const given = (field: Field): Field => {
    if (field.kind === "number" && names.includes(field.name)) return { ...field, unit };
    if (field.kind === "rows" || field.kind === "object")
      return { ...field, fields: field.fields.map(given) };
    return field;
  };
  return groups.map((group) => ({
    ...group,
    fields: group.fields.map((placed) => ({ ...placed, field: given(placed.field) })),
  }));
}
