/** FilterPill: one filter of the stream: its name, what is chosen, and a menu of what can be. */
import { Menu } from "@mantine/core";
import { IconChevronDown, IconX } from "@tabler/icons-react";
import { useState } from "react";
import classes from "./FilterPill.module.css";

export interface Choice {
  value: string;
  label: string;
  /** In small letters beside it. */
  hint?: string;
}

/** From so many choices on they can be searched, and no more are shown at once. */
const MANY = 9;
const SHOWN = 100;

export function FilterPill(props: {
  label: string;
  choices: readonly Choice[];
  value: string | undefined;
  onChange(value: string | undefined): void;
}): React.ReactNode {
  const { label, choices, value, onChange } = props;
  const [sought, seek] = useState("");
  const words = sought.trim().toLowerCase();
  const found = choices.filter(({ label: text }) => text.toLowerCase().includes(words));
  const chosen = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <span className={classes.pill} data-on={value !== undefined || undefined}>
      <Menu position="bottom-start" onClose={() => seek("")}>
        <Menu.Target>
          <button type="button" className={classes.part}>
            <span>{label}</span>
            {chosen === undefined ? (
              <IconChevronDown size={12} stroke={1.75} aria-hidden="true" />
            ) : (
              <b className={classes.words} title={chosen} dir="auto">
                {chosen}
              </b>
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.length >= MANY && (
            <Menu.Search
              value={sought}
              onChange={(event) => seek(event.currentTarget.value)}
              placeholder={`${label}…`}
              aria-label={`Search ${label.toLowerCase()}`}
            />
          )}
          <div className={classes.choices}>
            {found.slice(0, SHOWN).map((choice) => (
              <Menu.CheckboxItem
                key={choice.value}
                checked={choice.value === value}
                closeMenuOnClick
                onChange={(on) => onChange(on ? choice.value : undefined)}
                rightSection={choice.hint && <span className="faint tiny">{choice.hint}</span>}
              >
                <span className={classes.choice} dir="auto">
                  {choice.label}
                </span>
              </Menu.CheckboxItem>
            ))}
            {found.length === 0 && <p className={classes.none}>Nothing matches</p>}
            {found.length > SHOWN && (
              <p className={classes.none}>{found.length - SHOWN} more; search for them</p>
            )}
          </div>
        </Menu.Dropdown>
      </Menu>
      {chosen !== undefined && (
        <button
          type="button"
          className={classes.remove}
          aria-label={`Remove filter ${label} ${chosen}`}
          onClick={() => onChange(undefined)}
        >
          <IconX size={12} stroke={1.75} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
