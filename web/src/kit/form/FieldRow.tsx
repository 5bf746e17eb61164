/** One field of a settings form: what it is called and does on the left, its control on the right. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { type ComponentType, memo, Suspense, useEffect, useRef, useState } from "react";
import type { FieldProps, NoteProps } from "~/resources/ui";
import { Control } from "./controls/Control";
import { TagsControl } from "./controls/TagsControl";
import { FieldError } from "./FieldError";
import classes from "./Form.module.css";
import type { Field } from "./field";
import { HostPowers } from "./HostPowers";
import { FieldLabel, Help, isWide } from "./NestedField";
import { isWithin } from "./path";
import { helpId, useScope } from "./scope";
import { inSentence } from "./words";

export interface RowProps {
  field: Field;
  path: string;
  value: unknown;
  changed: boolean;
  set(path: string, value: unknown): void;
  undo(path: string): void;
  /** The type's own view of this field. */
  View?: ComponentType<FieldProps> | undefined;
  /** What is said below it. */
  Note?: ComponentType<NoteProps> | undefined;
}

export const FieldRow = memo(function FieldRow(props: RowProps): React.ReactNode {
  const { field, path, changed, undo } = props;
  const scope = useScope();
  const moved = useMoved(scope.stored(path), changed);
  return (
    <div className={classes.row} data-field={path} data-changed={changed || undefined}>
      {moved > 0 && <span key={moved} className={`flash ${classes.moved}`} aria-hidden="true" />}
      <div className={classes.about}>
        <span className={classes.title}>
          <FieldLabel field={field} path={path} className={classes.label} single={path === "tags"} />
          {changed && <span className="unseen">, changed</span>}
          {changed && (
            <Tooltip label="Undo this change">
              <ActionIcon
                size={20}
                className={classes.undo}
                onClick={() => undo(path)}
                aria-label={`Undo the change of ${field.label}`}
              >
                <IconArrowBackUp size={14} stroke={1.5} />
              </ActionIcon>
            </Tooltip>
          )}
        </span>
        {(field.help || field.docs) && (
          <p className={classes.help}>
            <span id={helpId(path)}>
              <Help text={field.help} />
            </span>{" "}
            {field.docs && <Docs field={field} />}
          </p>
        )}
        {field.powers.length > 0 && <HostPowers powers={field.powers} />}
      </div>
      <div className={classes.control} data-wide={(isWide(field) && path !== "tags") || undefined}>
        <Chosen {...props} />
        <FieldError path={path} />
        {props.Note && <props.Note value={props.value} />}
      </div>
    </div>
  );
});

function Docs({ field }: { field: Field }): React.ReactNode {
  return (
    <a className={classes.docs} href={field.docs} target="_blank" rel="noreferrer">
      {/docker/.test(field.docs) ? "Docker docs" : "Docs"}
      <span className="unseen"> on {inSentence(field.label)} (opens in a new tab)</span> ↗
    </a>
  );
}

/** The type's own view, the tags, or the control for this kind of field. */
function Chosen({ field, path, value, set, View }: RowProps): React.ReactNode {
  const { errors } = useScope();
  const onChange = (next: unknown) => set(path, next);
  if (path === "tags") return <TagsControl value={value} path={path} onChange={onChange} />;
  if (!View) return <Control field={field} value={value} path={path} onChange={onChange} />;
  return (
    <Suspense fallback={<div className={classes.coming} />}>
      <View
        value={value}
        onChange={onChange}
        path={path}
        label={field.label}
        help={field.help}
        error={[...errors].find(([at]) => isWithin(at, path))?.[1]}
        disabled={false}
      />
    </Suspense>
  );
}

/** Counts how often the stored value changed under the viewer's eyes; his own edits are no such change. */
function useMoved(stored: unknown, changed: boolean): number {
  const before = useRef(stored);
  const [moved, setMoved] = useState(0);
  useEffect(() => {
    if (stored === before.current) return;
    const same = JSON.stringify(stored) === JSON.stringify(before.current);
    before.current = stored;
    if (!same && !changed) setMoved((count) => count + 1);
  }, [stored, changed]);
  return moved;
}
