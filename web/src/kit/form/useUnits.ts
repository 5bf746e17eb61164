/** useUnits: the fields of a form with the unit that follows from what else is in it: levels of what a rule watches. */
import { useMemo } from "react";
import type { TypeInfo } from "~/api/types";
import { uiOf } from "~/resources/registry";
import type { Values } from "./draft";
import { bodyOf, type FieldGroup } from "./formFields";
import { withUnit } from "./withUnit";

export function useUnits(
  type: TypeInfo,
  groups: readonly FieldGroup[],
  values: Values,
): readonly FieldGroup[] {
  const { units } = uiOf(type.name);
  const unit = units?.of((bodyOf(values).config ?? {}) as Record<string, unknown>, type.config);
  return useMemo(
    () => (units && unit ? withUnit(groups, units.fields, unit) : groups),
    [groups, units, unit],
  );
}
