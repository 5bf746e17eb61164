/** AlertFoot: say that you have seen it, or take that back. */
import { Button, Popover } from "@mantine/core";
import { useState } from "react";
import { AcknowledgeForm } from "./AcknowledgeForm";
import classes from "./AlertDrawer.module.css";
import { takeBack } from "./act";
import type { Alert } from "./alert";
import { useMayAcknowledge } from "./useMayAcknowledge";

export function AlertFoot({ alert }: { alert: Alert }): React.ReactNode {
  const may = useMayAcknowledge();
  const [opened, open] = useState(false);
  const going = alert.state === "open" || alert.state === "acknowledged";
  if (!going || !may(alert)) return null;
  const taken = alert.state === "acknowledged";
  return (
    <div className={classes.foot}>
      <span className={classes.meanwhile}>
        {taken
          ? "Nothing more is told of it unless it becomes worse or ends."
          : "Acknowledging: nothing more is told unless it becomes worse or ends."}
      </span>
      {taken && <Button onClick={() => void takeBack([alert])}>Take back</Button>}
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
          <Button variant={taken ? "default" : "filled"} aria-expanded={opened} onClick={() => open(!opened)}>
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
