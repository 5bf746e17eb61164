/** ContainerView: a container's head with what can be done, and its tabs. */
import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense } from "react";
import { useLink } from "~/api/hooks";
import { Missing } from "~/app/Missing";
import { Where } from "~/app/Where";
import { AlertPill } from "~/kit/alert/AlertSign";
import classes from "~/kit/resource/ResourcePage.module.css";
import { Shape } from "~/kit/State";
import strip from "~/kit/tabs.module.css";
import { type Placed, standingOf } from "~/pages/containers/placed";
import type { ServerResource } from "~/resources/server/model";
import { ContainerButtons } from "./ContainerButtons";
import { ContainerFacts } from "./ContainerFacts";
import { tabsOf } from "./tabs";

export function ContainerView(props: {
  server: ServerResource;
  row: Placed;
  tab: string | undefined;
}): React.ReactNode {
  const { server, row } = props;
  const { name } = row.told.container;
  const standing = standingOf(row);
  const link = useLink();
  const tabs = tabsOf(server);
  const current = props.tab ? tabs.find((tab) => tab.id === props.tab) : tabs[0];
  const path = `/servers/${server.name}/containers/${encodeURIComponent(name)}`;
  const stale = link.state === "lost" || row.silent !== undefined;
  return (
    <>
      <Where title={name}>
        <Link to="/servers">Servers</Link>
        <span className="faint">/</span>
        <Link className="cut" to={`/servers/${server.name}/containers`}>
          {server.name}
        </Link>
        <span className="faint">/</span>
        <b className="cut" style={{ color: "var(--text)" }} title={name}>
          {name}
        </b>
      </Where>
      <header className={classes.header} data-stale={stale || undefined}>
        <div className={classes.identity}>
          <div className={classes.names}>
            <h1 className={classes.name}>{name}</h1>
            <span className={classes.pill} data-state={standing.tone} title={standing.reason}>
              <Shape tone={standing.tone} /> {standing.word}
            </span>
            <AlertPill sign={standing.alert} />
          </div>
          <div className={classes.facts}>
            <ContainerFacts row={row} server={server} />
          </div>
        </div>
        <ContainerButtons row={row} />
      </header>
      <nav className={strip.tabs} aria-label={`Parts of ${name}`}>
        {tabs.map((tab) => (
          <Link
            key={tab.id}
            to={`${path}/${tab.id}`}
            className={`${strip.tab} ${classes.tab}`}
            aria-current={tab === current ? "page" : undefined}
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      {current ? (
        <Suspense fallback={<Skeleton h={320} />}>
          <current.View key={current.id} server={server} row={row} />
        </Suspense>
      ) : (
        <Missing what="part of this page" within />
      )}
    </>
  );
}
