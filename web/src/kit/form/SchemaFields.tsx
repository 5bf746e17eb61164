/** The fields of an operation's parameters: one column, labels above. */
import { useEffect, useMemo, useRef } from "react";
import type { ProblemBody } from "~/api/types";
import classes from "./Form.module.css";
import type { Field, Json } from "./field";
import { NestedField } from "./NestedField";
import { locate } from "./path";
import { FormScope, type Scope } from "./scope";
import type { Wrong } from "./validate";

export function SchemaFields(props: {
  fields: readonly Field[];
  value: Json;
  onChange(value: Json): void;
  /** To be shown at their fields: what `wrongParameters` found, or a problem's own. */
  errors?: readonly Wrong[] | ProblemBody["errors"];
  /** Begin in the first of them. */
  focus?: boolean;
}): React.ReactNode {
  const { fields, value, onChange, errors, focus = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const scope = useMemo<Scope>(
    () => ({
      type: "",
      errors: new Map((errors ?? []).map(({ path, message }) => [locate(path, value) ?? path, message])),
      blurred: () => {},
      report: () => {},
      names: {},
      stored: () => undefined,
      keeps: () => false,
      server: "",
      reveal: undefined,
    }),
    [errors, value],
  );
  useEffect(() => {
    if (focus) box.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }, [focus]);
  return (
    <FormScope value={scope}>
      <div ref={box} className={`${classes.nested} ${classes.parameters}`}>
        {fields.map((field) => (
          <NestedField
            key={field.name}
            field={field}
            path={field.name}
            value={value[field.name]}
            onChange={(inner) => onChange({ ...value, [field.name]: inner })}
          />
        ))}
      </div>
    </FormScope>
  );
}
