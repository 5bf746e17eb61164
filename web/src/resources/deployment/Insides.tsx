/** Insides of a deployment's container: what it uses, its processes, Docker's description, changed files. */
import type { Deployment, Resource } from "~/api/types";
import { ChangedFiles } from "~/kit/inside/ChangedFiles";
import { Figures } from "~/kit/inside/Figures";
import { Inspect } from "~/kit/inside/Inspect";
import { type Inside, ofDeployment } from "~/kit/inside/inside";
import { LiveProcesses } from "~/kit/inside/LiveProcesses";

interface Props {
  resource: Resource;
}

/** What starts it anew changes what it holds: it is asked anew then. */
function insideOf({ resource }: Props): Inside {
  const { info, status } = resource as unknown as Deployment;
  return ofDeployment(
    resource,
    `${info.container} ${status.state === "running" ? status.since : status.state}`,
  );
}

export function StatsTab(props: Props): React.ReactNode {
  return <Figures inside={insideOf(props)} />;
}

export function ProcessesTab(props: Props): React.ReactNode {
  return <LiveProcesses of={insideOf(props).processes} />;
}

export function InspectTab(props: Props): React.ReactNode {
  return <Inspect inside={insideOf(props)} />;
}

export function ChangesTab(props: Props): React.ReactNode {
  return <ChangedFiles inside={insideOf(props)} />;
}
