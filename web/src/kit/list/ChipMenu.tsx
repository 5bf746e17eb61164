/** ChipMenu: the values of one chip, how many rows each has, those chosen ticked. */
import { Menu } from "@mantine/core";
import { useState } from "react";
import classes from "./Chips.module.css";
import type { ValueChip } from "./chip";
import { byNature } from "./sort";

/** From so many values on they can be searched. */
const MANY = 9;

export function ChipMenu<T>(props: {
  chip: ValueChip<T>;
  counts: ReadonlyMap<string, number>;
  chosen: readonly string[];
  onSwitch(value: string): void;
}): React.ReactNode {
  const { chip, counts, chosen } = props;
  const [sought, seek] = useState("");
  const values = valuesOf(chip, counts, chosen);
  const found = values.filter((value) => value.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <>
      {values.length >= MANY && (
        <Menu.Search
          value={sought}
          onChange={(event) => seek(event.currentTarget.value)}
          placeholder={`${chip.label}…`}
          aria-label={`Search ${chip.label.toLowerCase()}`}
        />
      )}
      <div className={classes.values}>
        {found.map((value) => (
          <Menu.CheckboxItem
            key={value}
            checked={chosen.includes(value)}
            onChange={() => props.onSwitch(value)}
            rightSection={<span className="faint tiny">{counts.get(value) ?? 0}</span>}
          >
            <span className={classes.value} dir="auto">
              {chip.show?.(value) ?? value}
            </span>
          </Menu.CheckboxItem>
        ))}
        {found.length === 0 && (
          <p className={classes.none}>{values.length === 0 ? "No row has any" : "Nothing matches"}</p>
        )}
      </div>
    </>
  );
}

/** Every value there is, and those chosen although no row has them now. */
export function valuesOf<T>(
  chip: ValueChip<T>,
  counts: ReadonlyMap<string, number>,
  chosen: readonly string[],
): string[] {
  return [...new Set([...counts.keys(), ...chosen])].sort(chip.order ?? byNature);
}
