/** IconAction: a small button that is only an icon, with its name as tooltip. */
import { ActionIcon, Tooltip } from "@mantine/core";
import type { ComponentType } from "react";

export function IconAction(props: {
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  onClick(): void;
}): React.ReactNode {
  const { label, icon: Icon } = props;
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={props.onClick}>
        <Icon size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
