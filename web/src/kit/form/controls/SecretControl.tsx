/** A secret: what is stored is never shown; it is kept, replaced, or (a new one) typed. */
import { Button, PasswordInput, Textarea } from "@mantine/core";
import { EnvFileText, isEnvFile } from "../env/EnvFileText";
import classes from "../Form.module.css";
import type { SecretField } from "../field";
import { topOf } from "../path";
import { useControl, useScope } from "../scope";
import type { ControlProps } from "./control";

/** null keeps what is stored. */
export function SecretControl(
  props: ControlProps<SecretField> & {
    /** Something is stored at this place; by default where the value is null. */
    stored?: boolean;
    placeholder?: string | undefined;
  },
): React.ReactNode {
  const { field, value, path, onChange, label } = props;
  const scope = useScope();
  // In the form of a new one nothing is, wherever it stands; elsewhere null may also mean that there is none.
  const kept = value === null && scope.keeps(path) && scope.stored(topOf(path)) !== undefined;
  const { stored = kept } = props;
  const { input } = useControl(path, field.help !== "");
  const focus = () => requestAnimationFrame(() => document.getElementById(input.id)?.focus());
  if (value === null && stored) {
    const replace = () => {
      onChange("");
      focus();
    };
    return (
      <div className={classes.secret}>
        <span className={`cut ${classes.hidden}`}>•••••••• stored, hidden</span>
        <Button id={input.id} onClick={replace} aria-label={label ? `Replace ${label}` : undefined}>
          Replace
        </Button>
      </div>
    );
  }
  const placeholder = props.placeholder ?? (field.nullable && !stored ? "None set" : undefined);
  const change = (typed: string) => onChange(typed === "" && field.nullable && !stored ? null : typed);
  const keep = () => {
    onChange(null);
    focus();
  };
  return (
    <div className={classes.secret}>
      {isEnvFile(path) ? (
        <EnvFileText
          path={path}
          label={label}
          value={typeof value === "string" ? value : ""}
          onChange={change}
        />
      ) : field.lines ? (
        // A password's input would drop the line breaks.
        <Textarea
          {...input}
          className="grow"
          classNames={{ input: classes.mono }}
          aria-label={label}
          placeholder={placeholder}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => change(event.currentTarget.value)}
          autosize
          maxRows={12}
          autoComplete="off"
          spellCheck={false}
        />
      ) : (
        <PasswordInput
          {...input}
          className="grow"
          classNames={{ innerInput: classes.mono }}
          aria-label={label}
          placeholder={placeholder}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => change(event.currentTarget.value)}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": "Show what is typed" }}
        />
      )}
      {stored && (
        <Button onClick={keep} aria-label={label ? `Keep the stored value of ${label}` : undefined}>
          Keep stored
        </Button>
      )}
    </div>
  );
}
