/** One variable: its name, its value, and a way to remove it. */
import { ActionIcon, Input, Textarea } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { memo } from "react";
import { SecretControl } from "../controls/SecretControl";
import { FieldError } from "../FieldError";
import type { RowsField, SecretField } from "../field";
import { useControl } from "../scope";
import classes from "./Env.module.css";
import type { Variable } from "./variables";

/** The same for every row and every render. */
export interface RowActions {
  change(index: number, patch: Partial<Variable>): void;
  remove(index: number): void;
  /** Go on to the next row, or to a new one. */
  next(index: number): void;
  /** Whether the text was taken as variables. */
  paste(text: string): boolean;
}

interface Props {
  field: RowsField;
  path: string;
  index: number;
  name: string;
  value: string | null;
  secret: boolean;
  stored: boolean;
  /** Id of the list of names that are offered. */
  known: string;
  actions: RowActions;
}

export const EnvRow = memo(function EnvRow(props: Props): React.ReactNode {
  const { path, index, name, actions } = props;
  const { input } = useControl(`${path}.name`);
  return (
    <div className={classes.row} data-variable={name}>
      <Input
        {...input}
        classNames={{ input: classes.mono }}
        aria-label={`Name ${index + 1}`}
        placeholder="NAME"
        value={name}
        title={name.length > 24 ? name : undefined}
        onChange={(event) => actions.change(index, { name: event.currentTarget.value })}
        onPaste={(event) => {
          if (actions.paste(event.clipboardData.getData("text/plain"))) event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) event.preventDefault();
        }}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        list={props.known}
      />
      <Value {...props} />
      <ActionIcon onClick={() => actions.remove(index)} aria-label={`Remove ${name || `row ${index + 1}`}`}>
        <IconX size={14} stroke={1.5} />
      </ActionIcon>
      <div className={classes.errors}>
        <FieldError path={`${path}.name`} />
        <FieldError path={`${path}.value`} label={name} />
        <FieldError path={path} />
      </div>
    </div>
  );
});

function Value({ field, path, index, name, value, secret, stored, actions }: Props): React.ReactNode {
  const at = `${path}.value`;
  const { input } = useControl(at);
  const label = `Value of ${name || `row ${index + 1}`}`;
  const inner = field.fields.find((each): each is SecretField => each.kind === "secret");
  if (secret && inner) {
    return (
      <SecretControl
        field={inner}
        path={at}
        label={label}
        value={value}
        stored={stored}
        placeholder={stored ? "The new value" : "The value"}
        onChange={(typed) => actions.change(index, { value: typeof typed === "string" ? typed : null })}
      />
    );
  }
  const shared = {
    ...input,
    "aria-label": label,
    classNames: { input: classes.mono ?? "" },
    value: value ?? "",
    spellCheck: false,
    autoComplete: "off",
    autoCapitalize: "off",
  } as const;
  const change = (event: { currentTarget: { value: string } }) =>
    actions.change(index, { value: event.currentTarget.value });
  const text = value ?? "";
  // An input would drop the line breaks.
  if (text.includes("\n")) {
    return <Textarea {...shared} rows={Math.min(text.split("\n").length, 8)} onChange={change} />;
  }
  return (
    <Input
      {...shared}
      onChange={change}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
        if (!pasted.trimEnd().includes("\n")) return;
        event.preventDefault();
        const { selectionStart, selectionEnd } = event.currentTarget;
        const [from, to] = [selectionStart ?? text.length, selectionEnd ?? text.length];
        actions.change(index, { value: text.slice(0, from) + pasted + text.slice(to) });
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        if (event.shiftKey) actions.change(index, { value: `${text}\n` });
        else actions.next(index);
      }}
    />
  );
}
