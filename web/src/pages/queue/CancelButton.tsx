/** CancelButton: ends an open activity; for who started it, and for who might have. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useMe, useResources, useTypes } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Activity } from "~/api/types";
import { activityTitle } from "~/kit/activity/title";
import { attempt } from "~/kit/attempt";

export function CancelButton({ activity }: { activity: Activity }): React.ReactNode {
  const me = useMe();
  const type = useTypes().find((each) => each.name === activity.what?.type);
  if (activity.who.id === me.user.id) return <Cancel activity={activity} />;
  return type ? <IfAllowed activity={activity} type={type.name} /> : null;
}

function IfAllowed({ activity, type }: { activity: Activity; type: string }): React.ReactNode {
  const { items } = useResources(type);
  const may = items.get(activity.what?.id ?? "")?.can.includes(activity.operation);
  return may ? <Cancel activity={activity} /> : null;
}

function Cancel({ activity }: { activity: Activity }): React.ReactNode {
  const types = useTypes();
  const [asked, setAsked] = useState(false);
  const cancelling = asked || activity.cancel_requested;
  const cancel = async () => {
    setAsked(true);
    if (!(await attempt(() => ask("POST", `/activity/${activity.id}/cancel`)))) setAsked(false);
  };
  return (
    <Button
      disabled={cancelling}
      aria-label={`${cancelling ? "Cancelling" : "Cancel"} ${activityTitle(activity, types)}`}
      onClick={() => void cancel()}
    >
      {cancelling ? "Cancelling…" : "Cancel"}
    </Button>
  );
}
