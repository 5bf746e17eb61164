/** A number of bytes, or of bytes per second, written as Docker's command line takes it. */
import { Input } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { byteRate, bytes } from "../../units";
import classes from "../Form.module.css";
import type { NumberField } from "../field";
import { useControl, useReport } from "../scope";
import { readSize, writeSize } from "../size";
import type { ControlProps } from "./control";

export function BytesControl(props: ControlProps<NumberField>): React.ReactNode {
  const { field, value, path, onChange, label } = props;
  const { input } = useControl(path, field.help !== "");
  const [text, setText] = useState(() => print(value));
  const said = useRef(value);
  const known = readSize(text) !== undefined || text === "";
  useReport(path, known ? undefined : "Write it like 512m, 1.5g or a number of bytes.");

  // Changed from outside: undone, or somebody saved.
  useEffect(() => {
    if (value !== said.current) setText(print(value));
    said.current = value;
  }, [value]);

  const change = (typed: string) => {
    setText(typed);
    const size = typed === "" ? null : readSize(typed);
    if (size === undefined) return;
    said.current = size;
    onChange(size);
  };
  return (
    <span className={label ? undefined : classes.number}>
      <Input
        {...input}
        aria-label={label}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      {!label && typeof value === "number" && value > 0 && (
        <span className="muted">{field.unit === "bytes/s" ? byteRate(value) : bytes(value)}</span>
      )}
    </span>
  );
}

function print(value: unknown): string {
  return typeof value === "number" ? writeSize(value) : "";
}
