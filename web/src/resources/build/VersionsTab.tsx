/** Versions: the last runs, newest first, what each made, and where it runs. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useDeployments } from "~/api/hooks";
import type { Build, Deployment, Resource } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { type Run, useRuns } from "~/kit/runs";
import { Shape, type Tone } from "~/kit/State";
import { Ago, took } from "~/kit/time";
import { plural } from "~/kit/units";
import classes from "./VersionsTab.module.css";
import { versionOf } from "./words";

const TONES: Record<Run["state"], Tone> = {
  succeeded: "ok",
  failed: "bad",
  cancelled: "off",
  interrupted: "warn",
};

export function VersionsTab({ resource }: { resource: Resource }): React.ReactNode {
  const build = resource as unknown as Build;
  const { items, ready } = useRuns("build");
  const runs = items.get(resource.id)?.items.filter((run) => run.operation.startsWith("build.run")) ?? [];
  const users = useUsers(resource.id);
  return (
    <div className="stack">
      <Panel title="Versions" note="the last 16 runs">
        {ready && runs.length === 0 && (
          <Notice
            title="Never built"
            text="Build makes the first version; its output is shown as it comes."
          />
        )}
        <ol>
          {[...runs].reverse().map((run) => (
            <RunRow key={run.activity} run={run} build={build} users={users} />
          ))}
        </ol>
      </Panel>
      <WhereItRuns build={build} users={users} />
    </div>
  );
}

function RunRow(props: { run: Run; build: Build; users: readonly Deployment[] }): React.ReactNode {
  const { run, build, users } = props;
  const { open } = useDrawer();
  const version = versionOf(run.summary);
  const running = version ? users.filter((each) => each.info.version === version) : [];
  return (
    <li>
      <button type="button" className={classes.run} onClick={() => open(run.activity)}>
        <Shape tone={TONES[run.state]} />
        <span className={classes.version}>{version || run.state}</span>
        <bdi className={`${classes.what} ${run.error ? "mono" : ""}`} title={run.error || undefined}>
          {run.error || (version && version === build.info.version ? build.info.message : run.summary)}
        </bdi>
        <span className={classes.where}>
          {running.length > 0 && `runs in ${plural(running.length, "deployment")}`}
        </span>
        <span className={classes.took}>{took(run.seconds)}</span>
        <span className={classes.when}>
          <Ago at={run.ended} suffix=" ago" /> · {run.who.name}
        </span>
      </button>
    </li>
  );
}

function WhereItRuns({ build, users }: { build: Build; users: readonly Deployment[] }): React.ReactNode {
  const behind = users.filter((each) => each.info.version && each.info.version !== build.info.version).length;
  const note =
    users.length > 0
      ? `${plural(users.length, "deployment")}${behind ? `, ${behind} on another version` : ""}`
      : "";
  return (
    <Panel title="Where it runs" note={note}>
      {users.length === 0 && (
        <Notice
          title="No deployment uses it yet"
          text="A deployment takes this build’s latest version, or one you name."
          action={
            <Link className="link" to="/deployments/new" search={{ "config.image": `build:${build.id}` }}>
              New deployment of this build
            </Link>
          }
        />
      )}
      <ul className={classes.grid}>
        {users.map((each) => (
          <li
            key={each.id}
            className={classes.user}
            data-newest={each.info.version === build.info.version || undefined}
          >
            <Link className="cut strong" to={`/deployments/${each.name}`}>
              {each.name}
            </Link>
            <span className="mono muted">{each.info.version || "not deployed"}</span>
            <span className="faint small cut">{each.names[each.config.server]}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Deployments made from a build, by name. */
function useUsers(build: string): Deployment[] {
  const { items } = useDeployments();
  return useMemo(
    () =>
      [...items.values()]
        .filter((each) => each.config.image.kind === "build" && each.config.image.build === build)
        .sort((a, b) => a.name.localeCompare(b.name)),
    [items, build],
  );
}
