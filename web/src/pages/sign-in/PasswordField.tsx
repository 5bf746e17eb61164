/** PasswordField: says when Caps Lock is on, and shows what was typed on demand. */
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useState } from "react";

export function PasswordField(
  props: Pick<PasswordInputProps, "label" | "autoComplete" | "value" | "error" | "ref" | "minLength"> & {
    /** What it must be, while nothing else is to be said. */
    rule?: string;
    onChange: (value: string) => void;
  },
): React.ReactNode {
  const { rule, onChange, ...rest } = props;
  const [caps, setCaps] = useState(false);
  const look = (event: React.KeyboardEvent) => setCaps(event.getModifierState("CapsLock"));
  const said = caps ? "Caps Lock is on." : rule;
  return (
    <PasswordInput
      {...rest}
      required
      withAsterisk={false}
      description={said && <span role={caps ? "status" : undefined}>{said}</span>}
      descriptionProps={{ mt: 4, ...(caps ? { c: "var(--warn)" } : {}) }}
      inputWrapperOrder={["label", "input", "description", "error"]}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => setCaps(false)}
      visibilityToggleButtonProps={{ "aria-label": "Show the password", tabIndex: 0 }}
    />
  );
}
