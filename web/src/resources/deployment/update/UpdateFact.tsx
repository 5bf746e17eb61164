/** UpdateFact: among the facts of a deployment whether there is a newer image; pressed, all that is known of it. */
import { Popover } from "@mantine/core";
import { useState } from "react";
import type { Known } from "../../ui";
import { deploymentOf } from "../standing";
import { UpdateDetail } from "./UpdateDetail";
import classes from "./update.module.css";
import { updateOf } from "./words";

const WORDS = { available: "update available", none: "up to date", unknown: "update unknown" };

export function UpdateFact({ known }: { known: Known }): React.ReactNode {
  const deployment = deploymentOf(known);
  const [opened, setOpened] = useState(false);
  const update = updateOf(deployment);
  const may = known.resource.can.includes("deployment.check_update");
  if (!update && (!may || deployment.status.state === "not_deployed")) return null;
  const word = update ? WORDS[update.state] : "updates";
  return (
    <Popover opened={opened} onChange={setOpened} width={420} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={update?.state === "available" ? `${classes.fact} ${classes.chip}` : classes.fact}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {word}
        </button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Newer image" maw="calc(100vw - 24px)">
        <UpdateDetail known={known} close={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
