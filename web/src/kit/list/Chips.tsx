/** Chips: the filters of a list in its tool row: those in use, those at hand, and a menu of the rest. */
import { Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import classes from "./Chips.module.css";
import { type Chip, type Filter, isValueChip, switched } from "./chip";
import { TestPill } from "./TestPill";
import { ValuePill } from "./ValuePill";

export interface ChipsProps<T> {
  chips: readonly Chip<T>[];
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  filters: readonly Filter[];
  onFilters(filters: readonly Filter[]): void;
}

/** Tests in sight beside those in use; the others wait in the menu. */
const AT_HAND = 3;
const NONE: ReadonlyMap<string, number> = new Map();

export function Chips<T>(props: ChipsProps<T>): React.ReactNode {
  const { chips, counts, filters, onFilters } = props;
  /** Just added: its menu is open, nothing is chosen yet. */
  const [added, add] = useState<string>();
  const chosenOf = (chip: Chip<T>) => filters.find((filter) => filter.chip === chip.id);
  const inUse = chips.filter((chip) => chosenOf(chip) || chip.id === added);
  const spare = chips.filter((chip) => !inUse.includes(chip));
  const values = spare.filter((chip) => isValueChip(chip) && chip.pinned);
  const tests = spare
    .filter((chip) => !isValueChip(chip) && (counts.get(chip.id)?.get("") ?? 0) > 0)
    .slice(0, AT_HAND);
  const rest = spare.filter((chip) => !values.includes(chip) && !tests.includes(chip));

  const shown = (chip: Chip<T>) =>
    isValueChip(chip) ? (
      <ValuePill
        key={chip.id}
        chip={chip}
        counts={counts.get(chip.id) ?? NONE}
        chosen={chosenOf(chip)?.values ?? []}
        added={added === chip.id}
        onClosed={() => add(undefined)}
        onSwitch={(value) => onFilters(switched(filters, chip.id, value))}
        onRemove={() => onFilters(filters.filter((filter) => filter.chip !== chip.id))}
      />
    ) : (
      <TestPill
        key={chip.id}
        chip={chip}
        count={counts.get(chip.id)?.get("") ?? 0}
        on={chosenOf(chip) !== undefined}
        onSwitch={() => onFilters(switched(filters, chip.id))}
      />
    );

  return (
    <div className={classes.chips} role="group" aria-label="Filters">
      {inUse.map(shown)}
      {values.map(shown)}
      {tests.map(shown)}
      {rest.length > 0 && (
        <AddFilter
          chips={rest}
          onAdd={(chip) => (isValueChip(chip) ? add(chip.id) : onFilters(switched(filters, chip.id)))}
        />
      )}
    </div>
  );
}

function AddFilter<T>({
  chips,
  onAdd,
}: {
  chips: readonly Chip<T>[];
  onAdd(chip: Chip<T>): void;
}): React.ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.add}>
          <IconPlus size={12} stroke={1.75} aria-hidden="true" />
          Filter
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {chips.map((chip) => (
          <Menu.Item key={chip.id} onClick={() => onAdd(chip)}>
            {chip.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
