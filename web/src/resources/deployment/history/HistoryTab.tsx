/** History: what was deployed as a time line, what differs, the way back; and what was changed outside Monitor. */
import { Skeleton } from "@mantine/core";
import { useState } from "react";
import type { Deployment, Resource } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { DriftPanel } from "./DriftPanel";
import { Timeline } from "./Timeline";
import { useHistory } from "./useHistory";

export function HistoryTab({ resource }: { resource: Resource }): React.ReactNode {
  const deployment = resource as unknown as Deployment;
  const { data: history, problem } = useHistory(deployment);
  const [chosen, choose] = useState<number>();
  return (
    <div className="stack">
      {resource.can.includes("deployment.drift") && deployment.info.container !== "" && (
        <DriftPanel resource={resource} />
      )}
      <Panel title="History" note="what was deployed, newest first">
        {problem && <ProblemText problem={problem} />}
        {!history && !problem && <Skeleton h={160} />}
        {history?.length === 0 && (
          <Notice
            title={deployment.info.deployed ? "No earlier deploy is kept" : "Nothing was deployed yet"}
            text="Each deploy is kept here with its config and its very image: any of them can be rolled back to."
          />
        )}
        {history && history.length > 0 && (
          <Timeline history={history} resource={resource} chosen={chosen} choose={choose} />
        )}
      </Panel>
    </div>
  );
}
