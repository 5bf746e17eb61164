/** Overview: what is wrong, how the fleet is, which version runs where, and what happens. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useLink, useMe } from "~/api/hooks";
import { useParam } from "~/app/param";
import { PageTitle } from "~/app/Where";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { useFirstRun } from "~/pages/first-run/useFirstRun";
import { uiOf } from "~/resources/registry";
import type { Known } from "~/resources/ui";
import { BuildsPanel } from "./BuildsPanel";
import { DeploymentsPanel } from "./DeploymentsPanel";
import { Feed } from "./Feed";
import { FleetCharts } from "./FleetCharts";
import classes from "./Overview.module.css";
import { OverviewSkeleton } from "./OverviewSkeleton";
import { Problems } from "./Problems";
import { Scope } from "./Scope";
import { Servers } from "./Servers";
import { doneWithin, scoped, tagsByUse } from "./scope";
import { useWorld, type WorldState } from "./useWorld";

const FirstRun = lazy(async () => ({ default: (await import("~/pages/first-run/FirstRun")).FirstRun }));
const NONE: readonly Known[] = [];
/** A core begins with these: where there is nothing else there is nothing. */
const RULE = "alert_rule";

export function OverviewPage(): React.ReactNode {
  const state = useWorld();
  const [tag, setTag] = useParam("scope");
  const tags = useMemo(() => tagsByUse(state.world), [state.world]);
  return (
    <>
      <PageTitle title="Overview">
        {state.ready && <Scope tags={tags} value={tag} onChange={setTag} />}
      </PageTitle>
      <Whole state={state} tag={tag} />
    </>
  );
}

function Whole({ state, tag }: { state: WorldState; tag: string | undefined }): React.ReactNode {
  const first = useFirstRun();
  const me = useMe();
  const empty = [...state.world].every(([type, knowns]) => type === RULE || knowns.length === 0);
  if (state.problem) return <Broken state={state} />;
  if (!state.ready) return <OverviewSkeleton />;
  const steps = first.steps && (
    <Suspense fallback={null}>
      <FirstRun />
    </Suspense>
  );
  if (first.alone) return steps;
  if (empty) return <Nothing mayAdd={me.can.includes("server.create")} name={me.user.name} />;
  return (
    <>
      {steps && <div className={classes.first}>{steps}</div>}
      <Parts state={state} tag={tag} />
    </>
  );
}

function Parts({ state, tag }: { state: WorldState; tag: string | undefined }): React.ReactNode {
  const link = useLink();
  const world = useMemo(() => scoped(state.world, tag), [state.world, tag]);
  const done = useMemo(() => doneWithin(state.activities, world, tag), [state.activities, world, tag]);
  const servers = world.get("server") ?? NONE;
  const deployments = world.get("deployment") ?? NONE;
  const builds = world.get("build") ?? NONE;
  // Of what one may neither see nor make there is nothing to say.
  const { can } = useMe();
  const shows = (type: string, all: readonly Known[]) => all.length > 0 || can.includes(`${type}.create`);
  return (
    <div className={classes.page}>
      <div className={classes.over} data-stale={link.state === "lost" || undefined}>
        <div className={classes.stack}>
          <Problems world={world} />
          {shows("server", servers) && <Servers servers={servers} />}
          {servers.length > 0 && <FleetCharts servers={servers} deployments={deployments} />}
          <div className={classes.two}>
            {shows("deployment", deployments) && (
              <DeploymentsPanel deployments={deployments} builds={state.world.get("build") ?? NONE} />
            )}
            {shows("build", builds) && <BuildsPanel builds={builds} />}
          </div>
        </div>
        <Feed activities={done} scope={tag} />
      </div>
    </div>
  );
}

function Nothing({ mayAdd, name }: { mayAdd: boolean; name: string }): React.ReactNode {
  if (mayAdd)
    return (
      <Panel label="Overview">
        <Notice
          {...uiOf("server").empty}
          action={
            <Button component={Link} to="/servers/add" variant="filled">
              Add server
            </Button>
          }
        />
      </Panel>
    );
  return (
    <Panel label="Overview">
      <Notice
        title="Nothing is shared with you yet"
        text={`You are signed in as ${name}. Ask an admin to grant you something; it appears here at once.`}
      />
    </Panel>
  );
}

function Broken({ state }: { state: WorldState }): React.ReactNode {
  const { problem } = state;
  return (
    <Panel label="Overview">
      <Notice
        tone="bad"
        title={problem?.title ?? "The overview cannot be shown"}
        text={[problem?.detail, problem?.hint].filter(Boolean).join(" ")}
        raw={JSON.stringify(problem, undefined, 2)}
      />
    </Panel>
  );
}
