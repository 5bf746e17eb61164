/** A value of a shape forms do not know, as JSON. */
import { Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import classes from "../Form.module.css";
import type { JsonField } from "../field";
import { useControl, useReport } from "../scope";
import { same } from "../value";
import type { ControlProps } from "./control";

export function JsonControl({
  field,
  value,
  path,
  onChange,
  label,
}: ControlProps<JsonField>): React.ReactNode {
  const { input } = useControl(path, field.help !== "");
  const [text, setText] = useState(() => print(value));
  const said = useRef(value);
  const read = parse(text);
  useReport(path, "message" in read ? read.message : undefined);

  // Changed from outside (somebody saved, or it was undone): not while the text says the same.
  useEffect(() => {
    if (!same(value, said.current)) setText(print(value));
    said.current = value;
  }, [value]);

  const change = (typed: string) => {
    setText(typed);
    const next = parse(typed);
    if ("message" in next) return;
    said.current = next.value;
    onChange(next.value);
  };
  return (
    <Textarea
      {...input}
      aria-label={label}
      classNames={{ input: classes.mono }}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      autosize
      minRows={3}
      maxRows={20}
      spellCheck={false}
    />
  );
}

function print(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}

function parse(text: string): { value: unknown } | { message: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (wrong) {
    return {
      message: `This is no valid JSON: ${wrong instanceof Error ? wrong.message : "cannot be read"}.`,
    };
  }
}
