/** RollBack: the button that deploys a release again, with the reason on it where that cannot be done now. */
import { Button, Tooltip } from "@mantine/core";
import { useOpenActivities, useType } from "~/api/hooks";
import type { Resource } from "~/api/types";
import { offerOf } from "~/kit/action/offers";
import { usePending } from "~/kit/action/pending";
import { useAct } from "~/kit/action/useAct";

const OPERATION = "deployment.roll_back";

export function RollBack({ resource, release }: { resource: Resource; release: number }): React.ReactNode {
  const type = useType("deployment");
  const act = useAct();
  const open = useOpenActivities(resource.id);
  const pending = usePending(resource.id, OPERATION);
  const offer = type && offerOf(type, OPERATION, resource, open);
  if (!offer) return null;
  const off = pending || offer.blocked !== undefined;
  return (
    <Tooltip label={offer.blocked} disabled={!offer.blocked}>
      <Button
        size="compact-sm"
        data-off={off}
        aria-disabled={off}
        aria-label={`Roll back to release ${release}${offer.blocked ? `: ${offer.blocked}` : ""}`}
        onClick={() => !off && void act(offer, resource, { release })}
      >
        Roll back
      </Button>
    </Tooltip>
  );
}
