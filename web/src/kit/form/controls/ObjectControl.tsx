/** An object: its fields under each other, named above. */
import { Button } from "@mantine/core";
import classes from "../Form.module.css";
import { isObject, type ObjectField, type Shape } from "../field";
import { NestedField } from "../NestedField";
import { labelId } from "../scope";
import { blankShape } from "../value";
import type { ControlProps } from "./control";

export function ObjectControl({ field, value, path, onChange }: ControlProps<ObjectField>): React.ReactNode {
  if (value === null && field.nullable) {
    return <Button onClick={() => onChange(blankShape(field))}>Set</Button>;
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" aria-labelledby={labelId(path)} className={classes.nested}>
      <ShapeFields shape={field} value={value} path={path} onChange={onChange} />
      {field.nullable && <Button onClick={() => onChange(null)}>Remove</Button>}
    </div>
  );
}

/** The fields of an object, each changing its own property. */
export function ShapeFields(props: {
  shape: Shape;
  value: unknown;
  path: string;
  onChange(value: unknown): void;
}): React.ReactNode {
  const { shape, path, onChange } = props;
  const value = isObject(props.value) ? props.value : blankShape(shape);
  const only = shape.fields.length === 1;
  return shape.fields.map((field) => (
    <NestedField
      key={field.name}
      field={field}
      path={`${path}.${field.name}`}
      value={value[field.name]}
      onChange={(inner) => onChange({ ...shape.constants, ...value, [field.name]: inner })}
      unnamed={only}
    />
  ));
}
