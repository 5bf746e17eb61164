/** The page of one resource: header, tabs in the URL, actions; the same for every type. */
import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense, useMemo } from "react";
import { useLink, useOpenActivities } from "~/api/hooks";
import type { Resource, TypeInfo } from "~/api/types";
import { Missing } from "~/app/Missing";
import { ActionButtons } from "~/kit/action/ActionButtons";
import { StepStrip } from "~/kit/activity/StepStrip";
import { AlertPill } from "~/kit/alert/AlertSign";
import { useSigned } from "~/kit/alert/useSigns";
import { useRuns } from "~/kit/runs";
import { Shape } from "~/kit/State";
import strip from "~/kit/tabs.module.css";
import { uiOf } from "~/resources/registry";
import type { Known, Tab } from "~/resources/ui";
import { derivedTabs } from "./derivedTabs";
import classes from "./ResourcePage.module.css";
import { ResourceWhere } from "./ResourceWhere";
import { standingOf } from "./standing";

export function ResourcePage(props: {
  type: TypeInfo;
  resource: Resource;
  tab: string | undefined;
}): React.ReactNode {
  const { type, resource } = props;
  const ui = uiOf(type.name);
  const known = useKnown(type.name, resource);
  const standing = useSigned(resource.id, standingOf(known, ui));
  const link = useLink();
  const tabs = useMemo(() => joined(ui.tabs ?? [], derivedTabs(type)), [ui, type]);
  const offered = tabs.filter((tab) => tab.offered?.(resource) ?? true);
  const current = props.tab ? offered.find((tab) => tab.id === props.tab) : offered[0];
  return (
    <>
      <ResourceWhere type={type} name={resource.name} />
      <header className={classes.header} data-stale={link.state === "lost" || undefined}>
        <div className={classes.identity}>
          <div className={classes.names}>
            <h1 className={classes.name}>{resource.name}</h1>
            <span className={classes.pill} data-state={standing.tone} title={standing.reason}>
              <Shape tone={standing.tone} /> {standing.word}
            </span>
            <AlertPill sign={standing.alert} />
            {resource.tags.map((tag) => (
              <Link key={tag} to={`/${type.plural}`} search={{ f: `tag:${tag}` }} className={classes.tag}>
                {tag}
              </Link>
            ))}
          </div>
          <div className={classes.facts}>{ui.facts?.(known)}</div>
          {resource.description && <p className="muted cut">{resource.description}</p>}
        </div>
        <ActionButtons type={type} resource={resource} />
      </header>
      <StepStrip key={resource.id} open={known.open} />
      <nav className={strip.tabs} aria-label={`Parts of ${resource.name}`}>
        {offered.map((tab) => (
          <Link
            key={tab.id}
            to={`/${type.plural}/${resource.name}/${tab.id}`}
            className={`${strip.tab} ${classes.tab}`}
            aria-current={tab === current ? "page" : undefined}
          >
            {tab.label}
            {tab.count?.(resource) !== undefined && (
              <span className="faint small"> {tab.count(resource)}</span>
            )}
            {tab.Count && (
              <span className="faint small">
                {" "}
                <tab.Count resource={resource} />
              </span>
            )}
          </Link>
        ))}
      </nav>
      {current ? (
        <Suspense fallback={<Skeleton h={320} />}>
          <current.View key={current.id} resource={resource} />
        </Suspense>
      ) : (
        <Missing what="part of this page" within />
      )}
    </>
  );
}

/** The resource with what is open on it and how its last actions ended, live. */
function useKnown(type: string, resource: Resource): Known {
  const open = useOpenActivities(resource.id);
  const { items } = useRuns(type);
  const runs = items.get(resource.id)?.items;
  return useMemo(() => ({ resource, open, runs: runs ?? [] }), [resource, open, runs]);
}

/** A type's own tabs first; a derived one it does not replace follows. */
function joined(own: readonly Tab[], derived: readonly Tab[]): Tab[] {
  return [...own, ...derived.filter((tab) => !own.some((mine) => mine.id === tab.id))];
}
