/** A text: one line, more where it holds more. */
import { Input, Textarea } from "@mantine/core";
import { EnvFileText, isEnvFile } from "../env/EnvFileText";
import classes from "../Form.module.css";
import type { TextField } from "../field";
import { useControl } from "../scope";
import { ChoiceControl } from "./ChoiceControl";
import type { ControlProps } from "./control";

export function TextControl({
  field,
  value,
  path,
  onChange,
  label,
}: ControlProps<TextField>): React.ReactNode {
  const { input } = useControl(path, field.help !== "");
  const text = typeof value === "string" ? value : "";
  const change = (typed: string) => onChange(typed === "" && field.nullable ? null : typed);
  const shared = {
    ...input,
    value: text,
    "aria-label": label,
    autoComplete: "off",
    spellCheck: false,
    dir: "auto",
  } as const;
  if (field.choices)
    return <ChoiceControl {...{ field, value, path, onChange }} label={label} choices={field.choices} />;
  if (isEnvFile(path)) return <EnvFileText path={path} label={label} value={text} onChange={change} />;
  // An input would drop the line breaks.
  if (field.lines || text.includes("\n")) {
    const mono = { input: field.lines ? classes.mono : undefined };
    return (
      <Textarea
        {...shared}
        classNames={mono}
        autosize
        maxRows={12}
        onChange={(e) => change(e.currentTarget.value)}
      />
    );
  }
  return <Input {...shared} onChange={(e) => change(e.currentTarget.value)} />;
}
