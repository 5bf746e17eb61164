/** GroupMenu: by what a list is divided. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import classes from "./GroupMenu.module.css";

export interface Way {
  /** As the address says it. */
  value: string;
  label: string;
}

const NONE = "";

export function GroupMenu(props: {
  /** "Group by tag", "Group by": what the menu is called while nothing is chosen. */
  title: string;
  ways: readonly Way[];
  chosen: string | undefined;
  choose(way: string | undefined): void;
  phone: boolean;
}): React.ReactNode {
  const { title, ways, chosen = NONE, choose, phone } = props;
  if (ways.length === 0) return null;
  const label = chosen ? `Grouped by ${ways.find(({ value }) => value === chosen)?.label ?? chosen}` : title;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        {phone ? (
          <ActionIcon size={40} aria-label={label}>
            <IconStack2 size={18} stroke={1.5} />
          </ActionIcon>
        ) : (
          <Button
            leftSection={<IconStack2 size={14} stroke={1.5} aria-hidden="true" />}
            aria-label={label}
            title={label}
            data-on={chosen ? true : undefined}
            className={classes.button ?? ""}
          >
            {chosen ? "Grouped" : "Group"}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{title}</Menu.Label>
        <Menu.RadioGroup value={chosen} onChange={(way) => choose(way || undefined)}>
          <Menu.RadioItem value={NONE} closeMenuOnClick>
            No groups
          </Menu.RadioItem>
          {ways.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
