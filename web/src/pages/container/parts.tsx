/** Parts of a container's page: its insides, asked for through its server. */
import { ChangedFiles } from "~/kit/inside/ChangedFiles";
import { Figures } from "~/kit/inside/Figures";
import { Inspect } from "~/kit/inside/Inspect";
import { type Inside, ofServer } from "~/kit/inside/inside";
import { LiveProcesses } from "~/kit/inside/LiveProcesses";
import { ContainerLog } from "~/kit/log/ContainerLog";
import { Panel } from "~/kit/Panel";
import classes from "./parts.module.css";
import type { ContainerTabProps } from "./tabs";

function insideOf({ server, row }: ContainerTabProps): Inside {
  return ofServer(server, row.told.container.name, row.told.container.id);
}

export function OverviewPart(props: ContainerTabProps): React.ReactNode {
  return <Figures inside={insideOf(props)} />;
}

export function LogPart({ server, row }: ContainerTabProps): React.ReactNode {
  const { id, name } = row.told.container;
  return (
    <Panel className={classes.log} label="Log">
      <ContainerLog
        key={id}
        topic={{ topic: "server.follow_container_log", target: server.id, container: id }}
        file={`/servers/${server.id}/container_log_file?container=${id}`}
        name={name}
      />
    </Panel>
  );
}

export function ProcessesPart(props: ContainerTabProps): React.ReactNode {
  return <LiveProcesses of={insideOf(props).processes} />;
}

export function InspectPart(props: ContainerTabProps): React.ReactNode {
  return <Inspect inside={insideOf(props)} />;
}

export function ChangesPart(props: ContainerTabProps): React.ReactNode {
  return <ChangedFiles inside={insideOf(props)} />;
}
