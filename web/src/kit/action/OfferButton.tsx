/** OfferButton: a button for one offer: busy from the click on, and with the reason on it when it cannot be done. */
import { Button, Tooltip } from "@mantine/core";
import { useId } from "react";
import type { Resource } from "~/api/types";
import { Shape } from "~/kit/State";
import classes from "./action.module.css";
import type { Offer } from "./offers";
import { usePending } from "./pending";
import { useAct } from "./useAct";

export function OfferButton(props: { offer: Offer; resource: Resource; primary?: boolean }): React.ReactNode {
  const { offer, resource, primary = false } = props;
  const act = useAct();
  const pending = usePending(resource.id, offer.operation.name);
  const reason = useId();
  const off = pending || offer.blocked !== undefined;
  return (
    <>
      <Tooltip label={offer.blocked} disabled={!offer.blocked}>
        {/* Not `disabled`: the reason on it must be reachable by keyboard, too. */}
        <Button
          variant={primary ? "filled" : "default"}
          className={classes.button ?? ""}
          data-off={off}
          data-danger={offer.danger}
          aria-disabled={off}
          aria-describedby={offer.blocked ? reason : ""}
          leftSection={pending ? <Shape tone="busy" /> : null}
          onClick={() => !off && void act(offer, resource)}
        >
          {offer.label}
        </Button>
      </Tooltip>
      {offer.blocked && (
        <span id={reason} className="unseen">
          {offer.blocked}
        </span>
      )}
    </>
  );
}
