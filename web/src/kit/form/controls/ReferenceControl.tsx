/** Another resource, found by name; its id is what the config holds. */
import { Select } from "@mantine/core";
import { useMe, useResources, useTypes } from "~/api/hooks";
import classes from "../Form.module.css";
import type { ReferenceField } from "../field";
import { useControl, useScope } from "../scope";
import type { ControlProps } from "./control";

/** web-2 before web-10. */
const order = new Intl.Collator("en", { numeric: true });

export function ReferenceControl({
  field,
  value,
  path,
  onChange,
  label,
}: ControlProps<ReferenceField>): React.ReactNode {
  const { input } = useControl(path, field.help !== "");
  const { names } = useScope();
  const { items, ready } = useResources(field.type);
  const type = useTypes().find((each) => each.name === field.type);
  const mayCreate = useMe().can.includes(`${field.type}.create`);
  const word = type?.title.toLowerCase() ?? field.type;

  const data = [...items.values()]
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => order.compare(a.label, b.label));
  const chosen = typeof value === "string" ? value : "";
  // Stands in the config, but may not be seen: the resource itself says its name.
  if (chosen && !items.has(chosen)) data.unshift({ value: chosen, label: names[chosen] ?? chosen });

  return (
    <div className={label ? undefined : classes.reference}>
      <Select
        {...input}
        aria-label={label}
        data={data}
        value={chosen || null}
        onChange={(id) => onChange(id ?? (field.nullable ? null : ""))}
        searchable
        clearable={field.nullable}
        allowDeselect={field.nullable}
        limit={60}
        maxDropdownHeight={320}
        placeholder={ready ? `Choose a ${word}` : "Loading…"}
        nothingFoundMessage={ready ? `No ${word} is called so` : "Loading…"}
        comboboxProps={{ shadow: "md" }}
      />
      {mayCreate && type && !label && (
        // In a tab of its own: what is typed here stays, and the new one appears in the list by itself.
        <a className="link small" href={`/${type.plural}/new`} target="_blank" rel="noreferrer">
          New {word}
          <span className="unseen"> (opens in a new tab)</span> ↗
        </a>
      )}
    </div>
  );
}
