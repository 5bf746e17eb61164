/** What is wrong with a value, under its control; controls name it by id. */
import { Shape } from "../State";
import classes from "./Form.module.css";
import { errorId, useScope } from "./scope";

export function FieldError({ path, label }: { path: string; label?: string }): React.ReactNode {
  const error = useScope().errors.get(path);
  if (error === undefined) return null;
  return (
    <p className={classes.error} id={errorId(path)}>
      <Shape tone="bad" size={10} />
      <span>
        {label && <b>{label}: </b>}
        {error}
      </span>
    </p>
  );
}
