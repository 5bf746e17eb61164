/** FieldInput: one parameter of an operation: a choice, a switch, a number, a text or several. */
import { NumberInput, Radio, Switch, TagsInput, TextInput } from "@mantine/core";
import classes from "./action.module.css";
import { type ActionField, type Value, words } from "./fields";

export function FieldInput(props: {
  field: ActionField;
  value: Value;
  onChange(value: Value): void;
  error: string | undefined;
}): React.ReactNode {
  const { field, value, onChange, error } = props;
  const shared = { label: field.label, description: field.help, error, required: field.required };
  switch (field.kind) {
    case "choice":
      return (
        <Radio.Group {...shared} value={typeof value === "string" ? value : null} onChange={onChange}>
          <div className={classes.choices}>
            {field.choices.map((choice, index) => (
              <Radio
                key={choice}
                value={choice}
                label={words(choice)}
                data-autofocus={index === 0 || undefined}
              />
            ))}
          </div>
        </Radio.Group>
      );
    case "switch":
      return (
        <Switch
          label={field.label}
          description={field.help}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...shared}
          value={typeof value === "number" ? value : ""}
          onChange={(given) => onChange(given === "" ? undefined : Number(given))}
          {...(field.least !== undefined && { min: field.least })}
          {...(field.most !== undefined && { max: field.most })}
        />
      );
    case "texts":
      return <TagsInput {...shared} value={Array.isArray(value) ? [...value] : []} onChange={onChange} />;
    case "text":
      return (
        <TextInput
          {...shared}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
