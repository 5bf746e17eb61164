/** What a schedule does: which action, of what, and what else it is told. */
import { Select } from "@mantine/core";
import { useResources, useTypes } from "~/api/hooks";
import type { OperationInfo, TypeInfo } from "~/api/types";
import { verbOf } from "~/kit/activity/title";
import { FieldError } from "~/kit/form/FieldError";
import { isObject, type Json } from "~/kit/form/field";
import { blankParameters, parametersOf } from "~/kit/form/parameters";
import { idOf } from "~/kit/form/path";
import { SchemaFields } from "~/kit/form/SchemaFields";
import { labelId, useScope } from "~/kit/form/scope";
import { same } from "~/kit/form/value";
import type { FieldProps } from "../ui";
import classes from "./schedule.module.css";
import { type Asked, isBatch, schedulable } from "./words";

export function DoesField({ value, onChange, path }: FieldProps): React.ReactNode {
  const types = useTypes();
  const asked = askedOf(value);
  const type = types.find(({ name }) => asked.operation.startsWith(`${name}.`));
  const operation = type?.operations.find(({ name }) => name === asked.operation);
  const choose = (name: string | null) => {
    if (!name || name === asked.operation) return;
    const next = types.flatMap(({ operations }) => operations).find((each) => each.name === name);
    const alike = next?.targeted && name.startsWith(`${type?.name}.`);
    onChange({ operation: name, target: alike ? asked.target : "", parameters: {} });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" aria-labelledby={labelId(path)} className={classes.field}>
      <Select
        id={idOf(path)}
        aria-label="Action"
        data={actionsOf(types)}
        value={asked.operation || null}
        onChange={choose}
        searchable
        allowDeselect={false}
        maxDropdownHeight={360}
        placeholder="Choose an action"
        nothingFoundMessage="No action is called so"
        comboboxProps={{ shadow: "md" }}
      />
      <FieldError path={`${path}.operation`} />
      {operation && <p className="muted small">{operation.help}</p>}
      {type && operation?.targeted && (
        <Target
          type={type}
          operation={operation}
          path={`${path}.target`}
          value={asked.target}
          onChange={(target) => onChange({ ...asked, target })}
        />
      )}
      <FieldError path={`${path}.target`} />
      {operation && (
        <Told
          key={operation.name}
          operation={operation}
          path={`${path}.parameters`}
          value={asked.parameters}
          onChange={(parameters) => onChange({ ...asked, parameters })}
        />
      )}
    </div>
  );
}

function Target(props: {
  type: TypeInfo;
  operation: OperationInfo;
  path: string;
  value: string;
  onChange(value: string): void;
}): React.ReactNode {
  const { type, operation, path, value } = props;
  const { items } = useResources(type.name);
  const { names, errors } = useScope();
  const data = [...items.values()]
    .filter(({ id, can }) => can.includes(operation.name) || id === value)
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label, "en", { numeric: true }));
  if (value && !items.has(value)) data.unshift({ value, label: names[value] ?? "one that is gone" });
  const word = type.title.toLowerCase();
  return (
    <Select
      id={idOf(path)}
      aria-label={type.title}
      data={data}
      value={value || null}
      error={errors.has(path)}
      onChange={(id) => props.onChange(id ?? "")}
      searchable
      limit={60}
      maxDropdownHeight={320}
      placeholder={`Choose a ${word}`}
      nothingFoundMessage={`No ${word} you may do this with is called so`}
      comboboxProps={{ shadow: "md" }}
    />
  );
}

function Told(props: {
  operation: OperationInfo;
  path: string;
  value: Json;
  onChange(value: Json): void;
}): React.ReactNode {
  const { operation, path, value, onChange } = props;
  const { errors } = useScope();
  const fields = parametersOf(operation);
  if (fields.length === 0) return null;
  const wrong = [...errors]
    .filter(([at]) => at.startsWith(`${path}.`))
    .map(([at, message]) => ({ path: at.slice(path.length + 1), message }));
  const change = (typed: Json) => {
    const told = fields.filter(({ name, fallback }) => !isUnset(typed[name]) && !same(typed[name], fallback));
    onChange(Object.fromEntries(told.map(({ name }) => [name, typed[name]])));
  };
  const body = (
    <SchemaFields
      fields={fields}
      value={{ ...blankParameters(fields), ...value }}
      onChange={change}
      errors={wrong}
    />
  );
  if (isBatch(operation.name) || fields.some(({ required }) => required)) return body;
  return (
    <details className={classes.options} open={Object.keys(value).length > 0 || undefined}>
      <summary>Options</summary>
      {body}
    </details>
  );
}

function actionsOf(
  types: readonly TypeInfo[],
): { group: string; items: { value: string; label: string }[] }[] {
  return types
    .map((type) => ({
      group: type.title,
      items: schedulable(type).map(({ name }) => ({
        value: name,
        label: isBatch(name) ? `Many ${type.plural.replaceAll("_", " ")} at once` : verbOf(name, types),
      })),
    }))
    .filter(({ items }) => items.length > 0);
}

function askedOf(value: unknown): Asked {
  const { operation, target, parameters } = isObject(value) ? value : {};
  return {
    operation: typeof operation === "string" ? operation : "",
    target: typeof target === "string" ? target : "",
    parameters: isObject(parameters) ? parameters : {},
  };
}

const isUnset = (value: unknown): boolean => value === null || value === undefined || value === "";
