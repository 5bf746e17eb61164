/** ColumnMenu: which columns are shown; their order stays. */
import { Button, Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { type Column, nameOf } from "./column";

export function ColumnMenu<T>(props: {
  columns: readonly Column<T>[];
  shown: readonly Column<T>[];
  /** Undefined: as they are by default. */
  onColumns(ids: string[] | undefined): void;
  chosen: boolean;
}): React.ReactNode {
  const { columns, shown, onColumns } = props;
  const name = nameOf(columns);
  const turn = (column: Column<T>, on: boolean) => {
    const ids = columns
      .filter((each) => (each === column ? on : shown.includes(each)))
      .map((each) => each.id);
    onColumns(ids);
  };
  return (
    <Menu>
      <Menu.Target>
        <Button leftSection={<IconColumns3 size={14} stroke={1.5} aria-hidden="true" />}>Columns</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={shown.includes(column)}
            disabled={column === name}
            onChange={(on) => turn(column, on)}
          >
            {column.label}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={!props.chosen} onClick={() => onColumns(undefined)}>
          Reset
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
