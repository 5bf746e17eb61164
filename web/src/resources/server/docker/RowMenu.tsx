/** RowMenu: what can be done with one row. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";

export function RowMenu({ name, onRemove }: { name: string; onRemove(): void }): React.ReactNode {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`Actions on ${name}`}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="red" onClick={onRemove}>
          Remove…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
