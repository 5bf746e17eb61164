/** The fields of any object schema, for parameters of an operation: one column, labels above. */
import { useMemo } from "react";
import type { ProblemBody } from "~/api/types";
import classes from "./Form.module.css";
import { type Field, isObject, type Json } from "./field";
import { NestedField } from "./NestedField";
import { locate } from "./path";
import { fieldsOf } from "./schema";
import { FormScope, type Scope } from "./scope";
import { validate, type Wrong } from "./validate";
import { blank } from "./value";

/** What an operation asks for beside its target. */
export function parametersOf(operation: { schema: unknown }): Field[] {
  return fieldsOf(operation.schema).filter((field) => field.name !== "target");
}

/** What they hold before anybody chose something. */
export function blankParameters(fields: readonly Field[]): Json {
  return Object.fromEntries(fields.map((field) => [field.name, blank(field)]));
}

/** What is wrong with them; ask before sending. */
export function wrongParameters(fields: readonly Field[], value: Json): Wrong[] {
  return fields.flatMap((field) => validate(field, value[field.name], field.name));
}

export function SchemaFields(props: {
  schema: unknown;
  value: Json;
  onChange(value: Json): void;
  /** To be shown at their fields: what `wrongParameters` found, or a problem's own. */
  errors?: readonly Wrong[] | ProblemBody["errors"];
  /** Fields that are not asked for. */
  omit?: readonly string[];
}): React.ReactNode {
  const { schema, value, onChange, errors, omit = TARGET } = props;
  const fields = useMemo(() => fieldsOf(schema).filter(({ name }) => !omit.includes(name)), [schema, omit]);
  const scope = useMemo<Scope>(
    () => ({
      type: "",
      errors: new Map((errors ?? []).map(({ path, message }) => [locate(path, value) ?? path, message])),
      blurred: () => {},
      report: () => {},
      names: {},
      stored: () => undefined,
      server: "",
      reveal: undefined,
    }),
    [errors, value],
  );
  return (
    <FormScope value={scope}>
      <div className={classes.nested}>
        {fields.map((field) => (
          <NestedField
            key={field.name}
            field={field}
            path={field.name}
            value={isObject(value) ? value[field.name] : undefined}
            onChange={(inner) => onChange({ ...value, [field.name]: inner })}
          />
        ))}
      </div>
    </FormScope>
  );
}

const TARGET: readonly string[] = ["target"];
