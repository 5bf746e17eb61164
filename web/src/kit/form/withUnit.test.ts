import { expect, test } from "vitest";
import type { NumberField, RowsField } from "./field";
import { withUnit } from "./withUnit";

test("a unit is given to the fields of that name, also of the rows of a list", () => {
  const number = (name: string) => ({ kind: "number", name, unit: "" }) as NumberField;
  const rows = { kind: "rows", name: "overrides", fields: [number("warning"), number("lasts")] } as unknown;
  const fields = [number("warning"), number("lasts"), rows as RowsField];
  const placed = fields.map((field) => ({ field, path: `config.${field.name}` }));
  const [group] = withUnit([{ title: "Levels", fields: placed }], ["warning"], "%");
  expect(group?.fields.map(({ field }) => field)).toMatchObject([
    { name: "warning", unit: "%" },
    { name: "lasts", unit: "" },
    { name: "overrides", fields: [{ unit: "%" }, { unit: "" }] },
  ]);
});
