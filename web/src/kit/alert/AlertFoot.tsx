/** AlertFoot: say that you have seen it, or take that back. */
import { Button, Popover } from "@mantine/core";
import { useRef, useState } from "react";
import { ACKNOWLEDGE } from "~/kit/keys";
import { useShortcut } from "~/kit/useShortcut";
import { AcknowledgeForm } from "./AcknowledgeForm";
import classes from "./AlertDrawer.module.css";
import { takeBack } from "./act";
import type { Alert } from "./alert";
import { useMayAcknowledge } from "./useMayAcknowledge";

export function AlertFoot({ alert }: { alert: Alert }): React.ReactNode {
  const may = useMayAcknowledge();
  const going = alert.state === "open" || alert.state === "acknowledged";
  return going && may(alert) ? <Foot alert={alert} /> : null;
}

function Foot({ alert }: { alert: Alert }): React.ReactNode {
  const [opened, open] = useState(false);
  const main = useRef<HTMLButtonElement>(null);
  useShortcut(ACKNOWLEDGE, () => open(true));
  const taken = alert.state === "acknowledged";
  return (
    <div className={classes.foot}>
      <span className={classes.meanwhile}>
        {taken
          ? "Nothing more is told of it unless it becomes worse or ends."
          : "Acknowledging: nothing more is told unless it becomes worse or ends."}
      </span>
      {taken && (
        <Button
          onClick={() => {
            // The button goes with what it takes back: the focus must stay somewhere.
            main.current?.focus();
            void takeBack([alert]);
          }}
        >
          Take back
        </Button>
      )}
      <Popover
        opened={opened}
        onChange={open}
        position="top-end"
        withinPortal
        trapFocus
        returnFocus
        shadow="md"
      >
        <Popover.Target>
          <Button
            ref={main}
            variant={taken ? "default" : "filled"}
            aria-expanded={opened}
            aria-keyshortcuts="Shift+A"
            rightSection={
              <span className={classes.key} aria-hidden="true">
                ⇧ A
              </span>
            }
            onClick={() => open(!opened)}
          >
            {taken ? "Change…" : "Acknowledge…"}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Acknowledge">
          <AcknowledgeForm alerts={[alert]} close={() => open(false)} />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
