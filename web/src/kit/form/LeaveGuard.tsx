/** Asks before an unsaved form is left; a change of the address's search part (the drawer) leaves nothing. */
import { Button, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useRef } from "react";
import classes from "./Save.module.css";

export function LeaveGuard({ dirty, kept }: { dirty: boolean; kept: string }): React.ReactNode {
  // Read when it matters: what was just saved is not dirty, also before the next render.
  const now = useRef(dirty);
  now.current = dirty;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => now.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => now.current,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title="Leave without saving?"
    >
      <p className="muted">{kept}</p>
      <div className={classes.buttons}>
        <Button onClick={() => blocker.proceed?.()}>Leave</Button>
        <Button variant="filled" data-autofocus onClick={() => blocker.reset?.()}>
          Stay
        </Button>
      </div>
    </Modal>
  );
}
