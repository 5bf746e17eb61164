/** TestPill: a filter by a test in the tool row, with how many rows pass it. */
import { IconX } from "@tabler/icons-react";
import classes from "./Chips.module.css";
import type { TestChip } from "./chip";

export function TestPill<T>(props: {
  chip: TestChip<T>;
  count: number;
  on: boolean;
  onSwitch(): void;
}): React.ReactNode {
  return (
    <span className={classes.pill} data-on={props.on || undefined}>
      <button type="button" className={classes.part} aria-pressed={props.on} onClick={props.onSwitch}>
        <span>{props.chip.label}</span>
        <b>{props.count}</b>
        {props.on && <IconX size={12} stroke={1.75} aria-hidden="true" />}
      </button>
    </span>
  );
}
