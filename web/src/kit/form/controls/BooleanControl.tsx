/** On or off; a check box inside a list. */
import { Checkbox, Switch } from "@mantine/core";
import type { BooleanField } from "../field";
import { useControl } from "../scope";
import type { ControlProps } from "./control";

export function BooleanControl({
  field,
  value,
  path,
  onChange,
  label,
}: ControlProps<BooleanField>): React.ReactNode {
  const { input } = useControl(path, field.help !== "");
  const shared = {
    id: input.id,
    checked: value === true,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange(event.currentTarget.checked),
    onBlur: input.onBlur,
    attributes: input.attributes,
  };
  return label ? <Checkbox {...shared} aria-label={label} /> : <Switch {...shared} />;
}
