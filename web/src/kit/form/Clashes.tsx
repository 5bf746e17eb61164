/** Merge view: what both sides changed differently, before, theirs and mine, with a choice each. */
import { Radio } from "@mantine/core";
import { linesOf } from "../diff/configLines";
import { type Field, isObject } from "./field";
import type { Clash, Side } from "./merge";
import { topOf } from "./path";
import classes from "./Save.module.css";
import type { ConfigFormState } from "./useConfigForm";

const SIDES: readonly { side: Side; label: string }[] = [
  { side: "base", label: "Before" },
  { side: "theirs", label: "Theirs" },
  { side: "mine", label: "Mine" },
];

export function Clashes({ form }: { form: ConfigFormState }): React.ReactNode {
  return form.clashes.map((clash) => {
    const field = form.fields.byPath.get(topOf(clash.path));
    if (!field) return null;
    const row = /\[(.*)\]$/.exec(clash.path.slice(topOf(clash.path).length))?.[1];
    return (
      <fieldset key={clash.path} className={classes.clash}>
        <legend className={classes.legend}>
          {field.label}
          {row !== undefined && <code> {row}</code>}
        </legend>
        {SIDES.map(({ side, label }) => (
          <label
            key={side}
            htmlFor={`clash-${clash.path}-${side}`}
            className={classes.side}
            data-chosen={isChosen(form, clash, side) || undefined}
          >
            <Radio
              id={`clash-${clash.path}-${side}`}
              name={`clash-${clash.path}`}
              size="xs"
              checked={isChosen(form, clash, side)}
              onChange={() => form.choose(clash.path, side)}
            />
            <span className={classes.sideName}>{label}</span>
            <Value field={field} clash={clash} value={clash[side]} row={row} names={form.resource.names} />
          </label>
        ))}
      </fieldset>
    );
  });
}

function isChosen(form: ConfigFormState, clash: Clash, side: Side): boolean {
  return (form.choices[clash.path] ?? "mine") === side;
}

function Value(props: {
  field: Field;
  clash: Clash;
  value: unknown;
  row: string | undefined;
  names: Record<string, string>;
}): React.ReactNode {
  const { field, value, row, names } = props;
  if (value === undefined) return <span className="faint">not there</span>;
  // A single row is shown as the list that holds it.
  const whole = row !== undefined && isObject(value) ? [value] : value;
  const lines = linesOf([field], { [field.name]: whole }, names);
  if (lines.length === 0) return <span className="faint">nothing</span>;
  return (
    <span className={classes.sideValue} dir="auto">
      {lines.map((line) => (
        <span key={line.key}>
          {line.text}
          {line.secret && `•••••••• ${line.secret === "typed" ? "a new secret" : "the stored secret"}`}
        </span>
      ))}
    </span>
  );
}
