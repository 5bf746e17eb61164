/** Cells: one figure of a server in a row. */
import { Meter } from "~/kit/Meter";
import { Sparkline } from "~/kit/Sparkline";
import { percent } from "~/kit/units";
import classes from "./cells.module.css";
import { CORE_VERSION, isBehind, isUp, type ServerResource } from "./model";
import { diskTone, loadTone } from "./standing";
import { useTrend } from "./useTrends";

export function Nothing(): React.ReactNode {
  return <span className="faint">—</span>;
}

/** CPU or memory: its last half hour and what it is now. */
export function TrendCell(props: { server: ServerResource; figure: "cpu" | "memory" }): React.ReactNode {
  const { server, figure } = props;
  const trend = useTrend(server.id);
  const value = server.status[figure];
  if (value === null) return <Nothing />;
  const tone = loadTone(value);
  return (
    <span className={classes.figure} data-loading={!trend || undefined}>
      <Sparkline values={trend?.[figure] ?? []} max={100} tone={tone} />
      <span className={classes.value} data-tone={tone}>
        {percent(value)}
      </span>
    </span>
  );
}

/** The fullest file system. */
export function DiskCell({ server }: { server: ServerResource }): React.ReactNode {
  const { disk, fullest } = server.status;
  if (disk === null) return <Nothing />;
  const tone = diskTone(disk);
  return (
    <span className={classes.figure} title={fullest}>
      <Meter value={disk} tone={tone} width={56} />
      <span className={classes.value} data-tone={tone}>
        {percent(disk)}
      </span>
    </span>
  );
}

/** The agent's version, and core's where that is newer. */
export function AgentVersion({ server }: { server: ServerResource }): React.ReactNode {
  const { agent } = server.status;
  if (!agent) return <Nothing />;
  return (
    <span className={`mono muted cut ${isUp(server) ? "" : "faint"}`}>
      {agent.version}
      {isBehind(server) && (
        <span title={`Core is ${CORE_VERSION}`}>
          <span aria-hidden="true"> → </span>
          <span className="unseen"> behind </span>
          {CORE_VERSION}
        </span>
      )}
    </span>
  );
}
