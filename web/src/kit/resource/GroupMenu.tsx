/** GroupMenu: by which tags a list is divided. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import classes from "./GroupMenu.module.css";

const NONE = "";

export function GroupMenu(props: {
  ways: readonly (readonly string[])[];
  /** As the address says it. */
  chosen: string | undefined;
  choose(way: string | undefined): void;
  phone: boolean;
}): React.ReactNode {
  const { ways, chosen = NONE, choose, phone } = props;
  const written = ways.map((way) => way.join(","));
  // A link may divide by tags that are no choice of now.
  const all = chosen && !written.includes(chosen) ? [chosen, ...written] : written;
  if (all.length === 0) return null;
  const label = chosen ? `Grouped by ${inWords(chosen)}` : "Group by tag";
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
        <Menu.Label>Group by tag</Menu.Label>
        <Menu.RadioGroup value={chosen} onChange={(way) => choose(way || undefined)}>
          <Menu.RadioItem value={NONE}>No groups</Menu.RadioItem>
          {all.map((way) => (
            <Menu.RadioItem key={way} value={way}>
              {inWords(way)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

const NAMED = 4;

/** `fsn, hel and 3 more`. */
function inWords(way: string): string {
  const tags = way.split(",");
  const rest = tags.length - NAMED;
  return rest > 1 ? `${tags.slice(0, NAMED).join(", ")} and ${rest} more` : tags.join(", ");
}
