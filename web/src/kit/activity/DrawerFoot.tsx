/** DrawerFoot: what stays true meanwhile, and the ways out. */
import { Button } from "@mantine/core";
import { IconSquare } from "@tabler/icons-react";
import { useState } from "react";
import { isOpen, useMe, useResources, useTypes } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Activity } from "~/api/types";
import { toast } from "~/kit/toast";
import classes from "./ActivityDrawer.module.css";
import { meanwhile } from "./steps";

export function DrawerFoot(props: {
  activity: Activity;
  onClose(): void;
  onMinimise(): void;
}): React.ReactNode {
  const { activity } = props;
  const types = useTypes();
  const open = isOpen(activity);
  const sentence = open ? meanwhile(activity, types) : capital(activity.summary);
  return (
    <div className={classes.foot}>
      <span className={`${classes.meanwhile} cut`} title={sentence} dir="auto">
        {sentence}
      </span>
      {open && <MayCancel activity={activity} />}
      {open ? (
        <Button onClick={props.onMinimise}>Minimise</Button>
      ) : (
        <Button onClick={props.onClose}>Close</Button>
      )}
    </div>
  );
}

/** Who may start it may end it, and who started it. */
function MayCancel({ activity }: { activity: Activity }): React.ReactNode {
  const me = useMe();
  const type = useTypes().find((each) => each.name === activity.what?.type);
  if (activity.who.id === me.user.id) return <Cancel activity={activity} />;
  return type ? <CancelIfCan activity={activity} type={type.name} /> : null;
}

function CancelIfCan({ activity, type }: { activity: Activity; type: string }): React.ReactNode {
  const { items } = useResources(type);
  const may = items.get(activity.what?.id ?? "")?.can.includes(activity.operation);
  return may ? <Cancel activity={activity} /> : null;
}

function Cancel({ activity }: { activity: Activity }): React.ReactNode {
  const [asked, setAsked] = useState(false);
  const cancelling = asked || activity.cancel_requested;
  const cancel = async () => {
    setAsked(true);
    try {
      await ask("POST", `/activity/${activity.id}/cancel`);
    } catch (failure) {
      setAsked(false);
      if (!(failure instanceof Problem)) throw failure;
      toast.problem(failure, { title: "It was not cancelled" });
    }
  };
  return (
    <Button
      className={classes.cancel ?? ""}
      leftSection={<IconSquare size={14} stroke={1.5} />}
      aria-disabled={cancelling}
      data-disabled={cancelling}
      onClick={() => !cancelling && void cancel()}
    >
      {cancelling ? "Cancelling…" : "Cancel"}
    </Button>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
