/** A list: a compact row for each item, to be added, removed, moved and pasted. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo, useRef } from "react";
import { EnvControl } from "../env/EnvControl";
import { type Field, isPairs, type RowsField, type ScalarsField } from "../field";
import { blankItem, inserted, moved, pastedItems } from "../pasted";
import { labelId } from "../scope";
import { shortForm } from "../shortForms";
import { singular } from "../words";
import type { ControlProps } from "./control";
import classes from "./List.module.css";
import { type Column, ListRow } from "./ListRow";
import { useReorder } from "./reorder";

export function ListControl({ field, ...rest }: ControlProps<RowsField | ScalarsField>): React.ReactNode {
  if (field.kind === "rows" && isPairs(field)) return <EnvControl field={field} {...rest} />;
  return <Rows field={field} {...rest} />;
}

function Rows({ field, value, path, onChange }: ControlProps<RowsField | ScalarsField>): React.ReactNode {
  const items: unknown[] = Array.isArray(value) ? value : [];
  const box = useRef<HTMLDivElement>(null);
  const reorder = useReorder(items.length, (from, to) => onChange(moved(items, from, to)));
  const columns = useMemo(() => columnsOf(field), [field]);
  const form = field.kind === "rows" ? shortForm(field) : undefined;
  const one = singular(field.label);

  const add = () => {
    onChange([...items, blankItem(field)]);
    focusIn(box.current, () => `[data-row-index="${items.length}"] :is(input, select, textarea)`);
  };
  const remove = (index: number) => {
    onChange(items.filter((_, at) => at !== index));
    const near = Math.min(index, items.length - 2);
    focusIn(box.current, () => (near < 0 ? "[data-add]" : `[data-row-index="${near}"] [data-remove]`));
  };
  const paste = (event: React.ClipboardEvent) => {
    const pasted = pastedItems(field, event.clipboardData.getData("text/plain"));
    if (!pasted) return;
    event.preventDefault();
    // A number input would paste it too.
    event.stopPropagation();
    const row = event.target instanceof Element ? event.target.closest("[data-row-index]") : null;
    const at = row ? Number(row.getAttribute("data-row-index")) : items.length;
    onChange(inserted(field, items, at, pasted));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div
      ref={box}
      role="group"
      aria-labelledby={labelId(path)}
      className={classes.list}
      data-movable={items.length > 1 || undefined}
      style={{ "--columns": columns.map((column) => column.width).join(" ") } as React.CSSProperties}
      onPasteCapture={paste}
    >
      {items.length > 0 && columns.length > 1 && (
        <div className={classes.head} aria-hidden="true">
          {columns.map(({ field: { name, label, help } }) => (
            <span key={name} className="cut" title={help || undefined}>
              {label}
            </span>
          ))}
        </div>
      )}
      <div ref={reorder.list}>
        {items.map((item, index) => (
          <ListRow
            key={index}
            index={index}
            called={`${field.label} ${index + 1}`}
            columns={columns}
            item={item}
            path={`${path}[${index}]`}
            change={(next) => onChange(items.map((old, at) => (at === index ? next : old)))}
            remove={() => remove(index)}
            reorder={items.length > 1 ? reorder : undefined}
          />
        ))}
      </div>
      <div className={classes.foot}>
        <Button data-add onClick={add} leftSection={<IconPlus size={14} stroke={1.5} />}>
          Add {one}
        </Button>
        {form && field.example && (
          <span className="faint small">
            or paste lines like <code>{field.example}</code>
          </span>
        )}
      </div>
      <span className="unseen" role="status">
        {reorder.said}
      </span>
    </div>
  );
}

function columnsOf(field: RowsField | ScalarsField): Column[] {
  if (field.kind === "scalars")
    return [{ field: { ...field.item, label: "" }, at: "", width: "minmax(0, 1fr)" }];
  return field.fields.map((each) => ({
    field: each,
    at: `.${each.name}`,
    width: "lines" in each && each.lines ? "minmax(0, 5fr)" : (WIDTHS[each.kind] ?? "minmax(0, 2fr)"),
  }));
}

const WIDTHS: Partial<Record<Field["kind"], string>> = {
  number: "minmax(64px, 1fr)",
  enum: "minmax(84px, 1fr)",
  boolean: "72px",
};

/** Once it is there. */
function focusIn(box: HTMLElement | null, selector: () => string): void {
  requestAnimationFrame(() => box?.querySelector<HTMLElement>(selector())?.focus());
}
