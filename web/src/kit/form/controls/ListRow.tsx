/** One item of a list: its cells, a handle to move it, a way to remove it, what is wrong with it. */
import { ActionIcon } from "@mantine/core";
import { IconGripVertical, IconX } from "@tabler/icons-react";
import { FieldError } from "../FieldError";
import { type Field, isObject } from "../field";
import { Control } from "./Control";
import classes from "./List.module.css";
import type { Reorder } from "./reorder";

export interface Column {
  field: Field;
  /** What follows the row's path. */
  at: string;
  width: string;
}

export function ListRow(props: {
  index: number;
  called: string;
  columns: readonly Column[];
  item: unknown;
  path: string;
  change(item: unknown): void;
  remove(): void;
  reorder: Reorder | undefined;
}): React.ReactNode {
  const { index, called, columns, item, path, change, reorder } = props;
  return (
    <div
      className={classes.row}
      data-row-index={index}
      data-dragged={reorder?.dragged === index || undefined}
    >
      {reorder && (
        <button
          type="button"
          data-handle
          className={classes.handle}
          aria-label={`Move ${called} with the arrow keys`}
          {...reorder.handle(index)}
        >
          <IconGripVertical size={14} stroke={1.5} />
        </button>
      )}
      <div className={classes.cells}>
        {columns.map(({ field, at }) => (
          <div key={field.name} className={classes.cell} data-cell={field.kind}>
            {field.label && (
              <span className={classes.cellLabel} aria-hidden="true">
                {field.label}
              </span>
            )}
            <Control
              field={field}
              path={`${path}${at}`}
              label={field.label ? `${called}: ${field.label}` : called}
              value={at === "" || !isObject(item) ? item : item[field.name]}
              onChange={(inner) =>
                change(at === "" ? inner : { ...(isObject(item) ? item : {}), [field.name]: inner })
              }
            />
          </div>
        ))}
      </div>
      <ActionIcon data-remove onClick={props.remove} aria-label={`Remove ${called}`}>
        <IconX size={14} stroke={1.5} />
      </ActionIcon>
      <div className={classes.errors}>
        <FieldError path={path} />
        {columns.map(
          ({ field, at }) => at && <FieldError key={at} path={`${path}${at}`} label={field.label} />,
        )}
      </div>
    </div>
  );
}
