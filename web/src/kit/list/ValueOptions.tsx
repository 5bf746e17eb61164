/** ValueOptions: the values of one filter, those chosen ticked, each with its number of rows. */
import { Combobox } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import classes from "./Chips.module.css";
import type { ValueChip } from "./chip";

export function ValueOptions<T>(props: {
  chip: ValueChip<T>;
  values: readonly string[];
  sought: string;
  counts: ReadonlyMap<string, number>;
  chosen: readonly string[];
}): React.ReactNode {
  const { chip, values, counts, chosen } = props;
  const found = values.filter((value) => value.toLowerCase().includes(props.sought.trim().toLowerCase()));
  if (found.length === 0)
    return <Combobox.Empty>{values.length === 0 ? "No row has any" : "Nothing matches"}</Combobox.Empty>;
  return (
    <Combobox.Options className={classes.values} aria-label={chip.label} aria-multiselectable tabIndex={0}>
      {found.map((value) => {
        const on = chosen.includes(value);
        return (
          <Combobox.Option
            key={value}
            value={value}
            active={on}
            aria-selected={on}
            className={classes.option ?? ""}
          >
            <span className={classes.tick}>
              {on && <IconCheck size={14} stroke={1.75} aria-hidden="true" />}
            </span>
            <span className={classes.value} dir="auto">
              {chip.show?.(value) ?? value}
            </span>
            <span className="muted tiny">{counts.get(value) ?? 0}</span>
          </Combobox.Option>
        );
      })}
    </Combobox.Options>
  );
}
