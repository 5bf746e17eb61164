/** PhoneTools: a list's tool row on a phone: search, and one button for filters and order in a sheet. */
import { ActionIcon, Indicator } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconCheckbox, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { SearchField } from "./SearchField";
import { Sheet } from "./Sheet";
import { Count, type ToolsProps } from "./Tools";
import classes from "./Tools.module.css";
import type { Sort } from "./view";

export interface PhoneToolsProps<T> extends ToolsProps<T> {
  sort: Sort;
  onSort(sort: Sort): void;
  /** Undefined where rows cannot be chosen. */
  choosing: boolean | undefined;
  onChoosing(choosing: boolean): void;
}

export function PhoneTools<T>(props: PhoneToolsProps<T>): React.ReactNode {
  const [opened, open] = useState(false);
  const filters = props.filters.length;
  const label = filters > 0 ? `Filter and sort, ${filters} in use` : "Filter and sort";
  return (
    <div className={classes.phone}>
      <div className={classes.line}>
        <SearchField
          field={props.field}
          label={`Search ${props.name}`}
          hint={props.hint ?? "Search…"}
          typed={props.typed}
          onType={props.onType}
          onDown={props.onDown}
          phone
        />
        <Indicator label={filters} size={16} offset={5} disabled={filters === 0} color="violet">
          <ActionIcon variant="default" size={40} aria-label={label} onClick={() => open(true)}>
            <IconAdjustmentsHorizontal size={18} stroke={1.5} />
          </ActionIcon>
        </Indicator>
        {props.choosing !== undefined && (
          <ActionIcon
            variant="default"
            size={40}
            aria-label="Select rows"
            aria-pressed={props.choosing}
            onClick={() => props.onChoosing(!props.choosing)}
          >
            {props.choosing ? <IconX size={18} stroke={1.5} /> : <IconCheckbox size={18} stroke={1.5} />}
          </ActionIcon>
        )}
      </div>
      {props.looks ? (
        <div className={classes.line}>
          <Count {...props} />
          <span className="grow" />
          {props.looks}
        </div>
      ) : (
        <Count {...props} />
      )}
      <Sheet {...props} opened={opened} onClose={() => open(false)} />
    </div>
  );
}
