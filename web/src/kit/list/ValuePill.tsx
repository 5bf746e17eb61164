/** ValuePill: a filter by values in the tool row, and the list of them with how many rows each has. */
import { Combobox, useCombobox } from "@mantine/core";
import { IconChevronDown, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./Chips.module.css";
import { type ValueChip, valuesOf } from "./chip";

import { ValueOptions } from "./ValueOptions";

/** In the page's landmark. */
const PAGE = { target: "#main" };

/** From so many values on they can be searched. */
const MANY = 9;

export function ValuePill<T>(props: {
  chip: ValueChip<T>;
  counts: ReadonlyMap<string, number>;
  chosen: readonly string[];
  /** Just added: opens by itself. */
  added: boolean;
  onClosed(): void;
  onSwitch(value: string): void;
  onRemove(): void;
}): React.ReactNode {
  const { chip, chosen, counts, added } = props;
  const [sought, seek] = useState("");
  const values = valuesOf(chip, counts, chosen);
  const many = values.length >= MANY;
  const box = useCombobox({
    onDropdownOpen: () => many && box.focusSearchInput(),
    onDropdownClose: () => {
      box.resetSelectedOption();
      box.focusTarget();
      seek("");
      props.onClosed();
    },
  });
  const { openDropdown } = box;
  useEffect(() => {
    if (added) openDropdown();
  }, [added, openDropdown]);
  const words = chosen.join(chip.all ? " + " : ", ");
  return (
    <span className={classes.pill} data-on={chosen.length > 0 || undefined}>
      <Combobox
        store={box}
        width={240}
        position="bottom-start"
        shadow="md"
        portalProps={PAGE}
        onOptionSubmit={props.onSwitch}
      >
        <Combobox.Target targetType="button">
          <button type="button" className={classes.part} onClick={() => box.toggleDropdown()}>
            <span>{chip.label}</span>
            {chosen.length > 0 ? (
              <b className={classes.words} title={words} dir="auto">
                {words}
              </b>
            ) : (
              <IconChevronDown size={12} stroke={1.75} aria-hidden="true" />
            )}
          </button>
        </Combobox.Target>
        <Combobox.Dropdown>
          {many && (
            <Combobox.Search
              value={sought}
              onChange={(event) => seek(event.currentTarget.value)}
              placeholder={`${chip.label}…`}
              aria-label={`Search ${chip.label.toLowerCase()}`}
            />
          )}
          <ValueOptions chip={chip} values={values} sought={sought} counts={counts} chosen={chosen} />
        </Combobox.Dropdown>
      </Combobox>
      {chosen.length > 0 && (
        <button
          type="button"
          className={classes.remove}
          aria-label={`Remove filter ${chip.label} ${words}`}
          onClick={props.onRemove}
        >
          <IconX size={12} stroke={1.75} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
