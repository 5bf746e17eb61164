/** Queue: what runs now and what waits for its turn, by what it waits for. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { isOpen, useActivities, useLink, useServers, useTypes } from "~/api/hooks";
import { PageTitle } from "~/app/Where";
import { usePhone } from "~/kit/list/usePhone";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Waiting } from "~/kit/stream/Waiting";
import { Tally } from "~/kit/Tally";
import { type Line, linesOf } from "./lines";
import classes from "./Queue.module.css";
import { QueueRows } from "./QueueRows";

export function QueuePage(): React.ReactNode {
  const { list, ready } = useActivities();
  const phone = usePhone();
  const lost = useLink().state === "lost";
  const open = useMemo(() => list.filter(isOpen), [list]);
  const lines = useMemo(() => linesOf(open), [open]);
  const running = open.filter((activity) => activity.state === "running").length;
  return (
    <>
      <PageTitle title="Queue">
        {open.length > 0 && (
          <Tally
            counts={[
              { tone: "busy", count: running, word: "running" },
              { tone: "off", count: open.length - running, word: "waiting" },
            ]}
          />
        )}
      </PageTitle>
      <Panel label="Queue" className={`${classes.queue} ${lost ? classes.stale : ""}`}>
        {ready ? lines.map((line) => <Place key={line.id} line={line} />) : <Waiting phone={phone} />}
        {ready && lines.length === 0 && (
          <Notice
            title="Nothing runs and nothing waits"
            text="Two actions on the same thing take turns, and so do builds on one builder. Who waits, and for what, stands here."
            action={
              <Link className="link" to="/activity">
                See what was done
              </Link>
            }
          />
        )}
      </Panel>
    </>
  );
}

function Place({ line }: { line: Line }): React.ReactNode {
  return (
    <section className={classes.line}>
      <h2 className={classes.head}>
        <About about={line.about} />
        {line.waiting.length > 0 && <span className="faint tiny">{line.waiting.length} waiting</span>}
      </h2>
      <QueueRows line={line} />
    </section>
  );
}

function About({ about }: { about: Line["about"] }): React.ReactNode {
  const types = useTypes();
  const { items: servers } = useServers();
  if (!about) return <span>Several together</span>;
  if ("server" in about) {
    const name = servers.get(about.server)?.name;
    if (!name) return <span>One builder</span>;
    return (
      <>
        <Link to={`/servers/${name}`}>{name}</Link>
        <span className="faint tiny">builds</span>
      </>
    );
  }
  const type = types.find((each) => each.name === about.type);
  return (
    <>
      {type ? <Link to={`/${type.plural}/${about.name}`}>{about.name}</Link> : about.name}
      <span className="faint tiny">{type?.title.toLowerCase() ?? about.type}</span>
    </>
  );
}
