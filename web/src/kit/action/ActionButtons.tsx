/** ActionButtons: the head of a resource's page: what one mostly does, what comes next, the rest in menus. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDots } from "@tabler/icons-react";
import { useOpenActivities } from "~/api/hooks";
import type { Resource, TypeInfo } from "~/api/types";
import { uiOf } from "~/resources/registry";
import classes from "./action.module.css";
import { OfferButton } from "./OfferButton";
import { OfferItems } from "./OfferItems";
import { offers } from "./offers";
import { placed } from "./place";

export function ActionButtons(props: {
  type: TypeInfo;
  resource: Resource;
  /** Name of the operation that is done mostly; by default the first action the type declares. */
  primary?: string | undefined;
  /** Names of operations the page offers in its own way. */
  except?: readonly string[];
}): React.ReactNode {
  const { type, resource, except = [] } = props;
  const open = useOpenActivities(resource.id);
  const all = offers(type, resource, open).filter((offer) => !except.includes(offer.operation.name));
  const ui = uiOf(type.name);
  const { primary, beside, second, rest } = placed(all, props.primary, ui.beside, ui.presets);
  if (all.length === 0) return null;
  return (
    <div className={classes.buttons} data-only-menu={!(primary || second) || undefined}>
      {primary && (
        <div className={classes.split} data-split={beside.length > 0 || undefined}>
          <OfferButton offer={primary} resource={resource} primary />
          {beside.length > 0 && (
            <Menu>
              <Menu.Target>
                <Button
                  variant="filled"
                  className={classes.more ?? ""}
                  aria-label={`More beside ${primary.label.toLowerCase()}`}
                >
                  <IconChevronDown size={14} stroke={1.5} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <OfferItems offers={beside} resource={resource} />
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      )}
      {second && <OfferButton offer={second} resource={resource} />}
      {rest.length > 0 && (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" aria-label="More actions">
              <IconDots size={16} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <OfferItems offers={rest} resource={resource} />
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
