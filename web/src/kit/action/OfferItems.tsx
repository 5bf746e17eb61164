/** OfferItems: offers as entries of a menu; one that cannot be chosen now says why below its name. */
import { Menu } from "@mantine/core";
import type { Resource } from "~/api/types";
import classes from "./action.module.css";
import type { Offer } from "./offers";
import { useAct } from "./useAct";

export function OfferItems({
  offers,
  resource,
}: {
  offers: readonly Offer[];
  resource: Resource;
}): React.ReactNode {
  const act = useAct();
  return offers.map((offer, index) => {
    const off = offer.blocked !== undefined;
    const first = offer.danger && index > 0 && !offers[index - 1]?.danger;
    return [
      first && <Menu.Divider key="divider" />,
      <Menu.Item
        key={`${offer.operation.name} ${offer.label}`}
        className={classes.item ?? ""}
        data-off={off}
        data-danger={offer.danger}
        // Mantine's own way of switching one off hides it from the keyboard.
        aria-disabled={off}
        closeMenuOnClick={!off}
        onClick={() => !off && void act(offer, resource)}
      >
        {offer.label}
        {offer.asks && "…"}
        {off && <span className={classes.reason}>{offer.blocked}</span>}
      </Menu.Item>,
    ];
  });
}
