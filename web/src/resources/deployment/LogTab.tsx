/** Log: what the container writes, live. */

import { Select } from "@mantine/core";
import { useState } from "react";
import type { Deployment, Resource } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Output } from "~/kit/output/Output";
import { useContainerLog } from "~/kit/output/useContainerLog";
import { Panel } from "~/kit/Panel";
import classes from "./LogTab.module.css";

const TAILS = ["100", "1000", "10000"];

export function LogTab({ resource }: { resource: Resource }): React.ReactNode {
  const [tail, setTail] = useState("1000");
  const { info, status } = resource as unknown as Deployment;
  if (status.state === "not_deployed") return <NotYet name={resource.name} />;
  return (
    <Panel
      className={classes.panel}
      title="Log"
      note="stdout and stderr of the container, as it writes them"
      end={
        <Select
          aria-label="How many earlier lines"
          size="xs"
          w={150}
          allowDeselect={false}
          data={TAILS.map((value) => ({ value, label: `last ${Number(value).toLocaleString("en")} lines` }))}
          value={tail}
          onChange={(value) => setTail(value ?? "1000")}
        />
      }
    >
      {/* Another container after a deploy is another log. */}
      <Written key={info.container} resource={resource} tail={Number(tail)} />
    </Panel>
  );
}

function NotYet({ name }: { name: string }): React.ReactNode {
  return (
    <Panel label="Log">
      <Notice
        title={`${name} has no container yet`}
        text="Deploy makes and starts it; what it writes appears here."
      />
    </Panel>
  );
}

function Written({ resource, tail }: { resource: Resource; tail: number }): React.ReactNode {
  const log = useContainerLog(resource.id, tail);
  return <Output bare source={log} name={resource.name} label={`Log of ${resource.name}`} />;
}
