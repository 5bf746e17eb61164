/** A number, with its unit behind it. */
import { NumberInput } from "@mantine/core";
import classes from "../Form.module.css";
import type { NumberField } from "../field";
import { useControl } from "../scope";
import { BytesControl } from "./BytesControl";
import type { ControlProps } from "./control";

export function NumberControl({
  field,
  value,
  path,
  onChange,
  label,
}: ControlProps<NumberField>): React.ReactNode {
  if (field.unit === "bytes" || field.unit === "bytes/s")
    return <BytesControl field={field} value={value} path={path} onChange={onChange} label={label} />;
  return <PlainNumber field={field} value={value} path={path} onChange={onChange} label={label} />;
}

function PlainNumber({ field, value, path, onChange, label }: ControlProps<NumberField>): React.ReactNode {
  const { input } = useControl(path, field.help !== "");
  return (
    <span className={label ? undefined : classes.number}>
      <NumberInput
        {...input}
        aria-label={label}
        value={typeof value === "number" ? value : ""}
        onChange={(typed) => onChange(typed === "" || typed === "-" ? null : Number(typed))}
        allowDecimal={!field.whole}
        allowNegative={(field.minimum ?? -1) < 0}
        // What is out of range is said, not silently changed.
        clampBehavior="none"
        hideControls
        {...(label && field.unit && { rightSection: <Unit of={field.unit} />, rightSectionWidth: "auto" })}
      />
      {!label && field.unit && <span className="muted">{field.unit}</span>}
    </span>
  );
}

/** Within the control, where a row has no room beside it. */
function Unit({ of }: { of: string }): React.ReactNode {
  return <span className={`muted small ${classes.unit}`}>{of}</span>;
}
