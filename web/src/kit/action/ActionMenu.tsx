/** ActionMenu: everything that can be done with one resource, behind the dots of its row. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { SyntheticEvent } from "react";
import { useOpenActivities } from "~/api/hooks";
import type { Resource, TypeInfo } from "~/api/types";
import { OfferItems } from "./OfferItems";
import { offers } from "./offers";

export function ActionMenu({ type, resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  if (offers(type, resource).length === 0) return null;
  return (
    // The row it stands in opens on a click and has keys; what is done in the menu is no business of the row.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events from going on
    <span onClick={stop} onKeyDown={stop} onDoubleClick={stop}>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={`Actions on ${resource.name}`}>
            <IconDots size={16} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Items type={type} resource={resource} />
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

/** Only an open menu follows what is done to its resource. */
function Items({ type, resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  const open = useOpenActivities(resource.id);
  return <OfferItems offers={offers(type, resource, open)} resource={resource} />;
}

function stop(event: SyntheticEvent): void {
  event.stopPropagation();
}
