/** One of many words that have titles: found by typing a part of either. */
import { Select } from "@mantine/core";
import type { Choice, TextField } from "../field";
import { useControl } from "../scope";
import type { ControlProps } from "./control";

export function ChoiceControl(
  props: ControlProps<TextField> & { choices: readonly Choice[] },
): React.ReactNode {
  const { field, value, path, onChange, choices } = props;
  const { input } = useControl(path, field.help !== "");
  const text = typeof value === "string" ? value : "";
  const known = choices.some((choice) => choice.value === text) || text === "";
  const data = choices.map(({ value: each, title, unit }) => ({
    value: each,
    label: unit ? `${title} (${WORDS[unit] ?? unit})` : title,
  }));
  return (
    <Select
      {...input}
      aria-label={props.label}
      data={known ? data : [{ value: text, label: text }, ...data]}
      value={text || null}
      onChange={(chosen) => chosen && onChange(chosen)}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      nothingFoundMessage="There is none that is called so"
      comboboxProps={{ shadow: "md" }}
    />
  );
}

/** Units as they are written behind figures. */
const WORDS: Record<string, string> = {
  percent: "%",
  space: "bytes",
  rate: "bytes/s",
  celsius: "°C",
  load: "tasks",
};
