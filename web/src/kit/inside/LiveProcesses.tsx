/** LiveProcesses: which programs of a host or container use the most cpu and memory, live, or held still to be read. */
import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTopic } from "~/api/hooks";
import type { Topic } from "~/api/live";
import type { ProblemBody, Schemas } from "~/api/types";
import type { Process } from "./inside";
import { Processes } from "./ProcessList";

export function LiveProcesses({ of }: { of: Topic }): React.ReactNode {
  const [held, hold] = useState<readonly Process[]>();
  const topic = useTopic<Schemas["BusyProcesses"]>(of);
  const [now] = topic.items.values();
  const listed = held ?? now?.processes;
  return (
    <Processes
      items={listed}
      problem={topic.problem ?? (now?.reason && !held ? silent(now.reason) : undefined)}
      primary={
        <Button
          leftSection={held ? <IconPlayerPlay {...ICON} /> : <IconPlayerPause {...ICON} />}
          disabled={listed === undefined}
          onClick={() => hold(held ? undefined : listed)}
        >
          {held ? "Go on" : "Hold still"}
        </Button>
      }
    />
  );
}

function silent(reason: string): ProblemBody {
  return {
    type: "about:blank",
    title: "No processes now",
    status: 503,
    detail: reason,
    code: "unavailable",
    hint: "They come by themselves once there are.",
  };
}

const ICON = { size: 14, stroke: 1.5, "aria-hidden": true } as const;
