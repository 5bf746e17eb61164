/** One of a few words; all in sight where they fit. */
import { NativeSelect, SegmentedControl } from "@mantine/core";
import { type EnumField, optionWord } from "../field";
import { labelId, useControl } from "../scope";
import type { ControlProps } from "./control";

/** More characters than this do not fit beside each other on a phone. */
const MOST = 34;

export function EnumControl({
  field,
  value,
  path,
  onChange,
  label,
}: ControlProps<EnumField>): React.ReactNode {
  const { input, described } = useControl(path, field.help !== "");
  const unset = field.nullable ? [{ value: "", label: "Not set" }] : [];
  const data = [
    ...unset,
    ...field.options.map((option) => ({ value: String(option), label: optionWord(field, option) })),
  ];
  const chosen = value === null || value === undefined ? "" : String(value);
  const choose = (text: string) => onChange(field.options.find((option) => String(option) === text) ?? null);
  const room = data.reduce((sum, option) => sum + option.label.length, 0);
  if (label || room > MOST || !data.some((option) => option.value === chosen)) {
    const missing = data.some((option) => option.value === chosen) ? [] : [{ value: chosen, label: chosen }];
    return (
      <NativeSelect
        {...input}
        aria-label={label}
        aria-labelledby={label ? undefined : labelId(path)}
        data={[...missing, ...data]}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    );
  }
  return (
    <SegmentedControl
      id={input.id}
      aria-labelledby={labelId(path)}
      aria-describedby={described}
      data={data}
      value={chosen}
      onChange={choose}
    />
  );
}
