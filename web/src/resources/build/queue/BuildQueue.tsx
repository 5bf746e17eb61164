/** BuildQueue: the builds that run and wait now, by builder; nothing while there are none. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useActivities, useBuilds, useServers } from "~/api/hooks";
import { Panel } from "~/kit/Panel";
import { Tally } from "~/kit/Tally";
import { plural } from "~/kit/units";
import classes from "~/pages/queue/Queue.module.css";
import { QueueRows } from "~/pages/queue/QueueRows";
import own from "./BuildQueue.module.css";
import { type BuilderLine, builderLines } from "./lines";

/** Of one server, or of all. */
export function BuildQueue({ server }: { server?: string }): React.ReactNode {
  const { list } = useActivities();
  const { items: builds } = useBuilds();
  const lines = useMemo(() => builderLines(list, builds), [list, builds]);
  const shown = server === undefined ? lines : lines.filter((line) => line.server === server);
  if (shown.length === 0) return null;
  const running = shown.reduce((sum, line) => sum + line.running.length, 0);
  const waiting = shown.reduce((sum, line) => sum + line.waiting.length, 0);
  const counts = [
    { tone: "busy" as const, count: running, word: "running" },
    { tone: "off" as const, count: waiting, word: "waiting" },
  ];
  return (
    <Panel title="Build queue" end={<Tally counts={counts} />} className={classes.queue}>
      {shown.map((line) => (
        <Line key={line.server} line={line} named={server === undefined} />
      ))}
    </Panel>
  );
}

function Line({ line, named }: { line: BuilderLine; named: boolean }): React.ReactNode {
  return (
    <section className={classes.line}>
      {named && <Builder server={line.server} />}
      <QueueRows line={line} />
    </section>
  );
}

function Builder({ server }: { server: string }): React.ReactNode {
  const found = useServers().items.get(server);
  return (
    <h3 className={classes.head}>
      {found ? <Link to={`/servers/${found.name}`}>{found.name}</Link> : "A builder you may not see"}
      {found && <span className="faint tiny">{plural(found.config.build_slots, "build")} at a time</span>}
    </h3>
  );
}

export function AllBuilders(): React.ReactNode {
  return (
    <div className={own.above}>
      <BuildQueue />
    </div>
  );
}
