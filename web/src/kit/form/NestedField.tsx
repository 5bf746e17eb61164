/** A field inside another: its label above its control, what is wrong below. */
import { Control } from "./controls/Control";
import { FieldError } from "./FieldError";
import classes from "./Form.module.css";
import type { Field } from "./field";
import { idOf } from "./path";
import { helpId, labelId } from "./scope";

export function NestedField(props: {
  field: Field;
  path: string;
  value: unknown;
  onChange(value: unknown): void;
  /** The only one there: what is around it has its name already. */
  unnamed?: boolean;
}): React.ReactNode {
  const { field, path, value, onChange, unnamed = false } = props;
  return (
    <div className={classes.inner}>
      <FieldLabel field={field} path={path} className={unnamed ? "unseen" : classes.innerLabel} />
      <div className={classes.control} data-wide={isWide(field) || undefined}>
        <Control field={field} path={path} value={value} onChange={onChange} />
      </div>
      {field.help && (
        <p className={classes.help} id={helpId(path)}>
          <Help text={field.help} />
        </p>
      )}
      <FieldError path={path} />
    </div>
  );
}

/** A label for one control, or the name of a group of them. */
export function FieldLabel(props: {
  field: Field;
  path: string;
  className?: string | undefined;
  /** One control, though its value is a list. */
  single?: boolean;
}): React.ReactNode {
  const { field, path, className, single = false } = props;
  const content = (
    <>
      {field.label}
      {!field.required && field.nullable && <span className="faint"> (optional)</span>}
    </>
  );
  if (isGroup(field) && !single) {
    return (
      <span id={labelId(path)} className={className}>
        {content}
      </span>
    );
  }
  return (
    <label id={labelId(path)} htmlFor={idOf(path)} className={className}>
      {content}
    </label>
  );
}

/** Several controls rather than one. */
function isGroup(field: Field): boolean {
  return ["object", "union", "rows", "scalars", "enum"].includes(field.kind);
}

/** Takes all the width there is. */
export function isWide(field: Field): boolean {
  return ["rows", "json", "scalars"].includes(field.kind) || (field.kind === "text" && field.lines === true);
}

/** A help sentence; what stands in backticks is code. */
export function Help({ text }: { text: string }): React.ReactNode {
  return text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
