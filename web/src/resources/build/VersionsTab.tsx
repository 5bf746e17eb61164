/** Versions: what a build made, newest first, as a graph from commit to deployments, with the runs that made nothing. */
import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useDeployments } from "~/api/hooks";
import type { Build, Deployment, Resource } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { useRuns } from "~/kit/runs";
import { plural } from "~/kit/units";
import classes from "./VersionsTab.module.css";
import { FruitlessRun } from "./versions/FruitlessRun";
import { rowsOf } from "./versions/rows";
import { useVersions } from "./versions/useVersions";
import { VersionRow } from "./versions/VersionRow";
import graph from "./versions/versions.module.css";

export function VersionsTab({ resource }: { resource: Resource }): React.ReactNode {
  const build = resource as unknown as Build;
  const users = useUsers(resource.id);
  return (
    <div className="stack">
      <Versions build={build} users={users} />
      <WhereItRuns build={build} users={users} />
    </div>
  );
}

function Versions({ build, users }: { build: Build; users: readonly Deployment[] }): React.ReactNode {
  const { data: versions, error } = useVersions(build);
  const { items, ready } = useRuns("build");
  const rows = rowsOf(versions ?? [], items.get(build.id)?.items ?? []);
  return (
    <Panel title="Versions" note={versions && versions.length > 0 && `${versions.length} recorded`}>
      {error && <ProblemText problem={error} />}
      {!versions && !error && <Skeleton h={160} />}
      {versions && ready && rows.length === 0 && (
        <Notice title="Never built" text="Build makes the first version; its output is shown as it comes." />
      )}
      {versions && versions.length > 0 && (
        <div className={graph.heads} aria-hidden="true">
          <span>Version</span>
          <span>Commit</span>
          <span>Image</span>
          <span>Deployments</span>
          <span />
        </div>
      )}
      <ol aria-label="Versions">
        {rows.map((row) =>
          row.kind === "run" ? (
            <FruitlessRun key={row.run.activity} run={row.run} />
          ) : (
            <VersionRow
              key={row.version.activity}
              version={row.version}
              build={build}
              deployments={users.filter((each) => runs(each, build, row.version.version))}
            />
          ),
        )}
      </ol>
    </Panel>
  );
}

/** What was deployed by older cores does not say which build made it. */
function runs({ info }: Deployment, build: Build, version: string): boolean {
  return info.version === version && (info.build === build.id || info.build === "");
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
        .filter(
          ({ config, info }) =>
            (config.image.kind === "build" && config.image.build === build) || info.build === build,
        )
        .sort((a, b) => a.name.localeCompare(b.name)),
    [items, build],
  );
}
