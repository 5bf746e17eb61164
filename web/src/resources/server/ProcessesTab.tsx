/** ProcessesTab: which programs of the host use the most cpu and memory, live, or held still to be read. */
import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTopic } from "~/api/hooks";
import type { ProblemBody, Resource, Schemas } from "~/api/types";
import type { Process } from "~/kit/inside/inside";
import { Processes } from "~/kit/inside/ProcessList";

const BUSIEST = { column: "cpu", down: true };

export function ProcessesTab({ resource }: { resource: Resource }): React.ReactNode {
  const [held, hold] = useState<readonly Process[]>();
  const topic = useTopic<Schemas["BusyProcesses"]>({ topic: "server.top", target: resource.id });
  const now = topic.items.get(resource.id);
  const listed = held ?? now?.processes;
  return (
    <Processes
      items={listed}
      sort={BUSIEST}
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
    title: "The host tells of no processes now",
    status: 503,
    detail: reason,
    code: "unavailable",
    hint: "It is asked again every second.",
  };
}

const ICON = { size: 14, stroke: 1.5, "aria-hidden": true } as const;
