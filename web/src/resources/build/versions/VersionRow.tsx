/** VersionRow: one version as a graph: the commit, the image made from it and where that is, what runs it. */
import { Link } from "@tanstack/react-router";
import type { Build, Deployment } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { Shape } from "~/kit/State";
import { Ago } from "~/kit/time";
import { atRest } from "~/resources/deployment/standing";
import { Places } from "./Places";
import type { Version } from "./useVersions";
import { VersionMenu } from "./VersionMenu";
import classes from "./versions.module.css";

export function VersionRow(props: {
  version: Version;
  build: Build;
  deployments: readonly Deployment[];
}): React.ReactNode {
  const { version, build, deployments } = props;
  const { open } = useDrawer();
  const incomplete = version.pushes.some((push) => push.error);
  return (
    <li className={classes.row} data-version={version.version}>
      <div className={classes.head}>
        <Shape tone={incomplete ? "warn" : "ok"} />
        <button type="button" className={classes.number} onClick={() => open(version.activity)}>
          <span className="unseen">Run that made version </span>
          {version.version}
        </button>
        {version.newest && <span className={classes.newest}>newest</span>}
        <span className="faint small cut">
          <Ago at={version.built} suffix=" ago" /> · {version.who.name}
        </span>
      </div>
      <div className={classes.node} data-place="commit">
        <Commit version={version} />
      </div>
      <div className={classes.node} data-place="image">
        <Places version={version} build={build} />
      </div>
      <div className={classes.node} data-place="deployments">
        <Runs version={version} deployments={deployments} />
      </div>
      <VersionMenu version={version} build={build} />
    </li>
  );
}

function Commit({ version }: { version: Version }): React.ReactNode {
  if (!version.commit) return <span className="faint">Dockerfile written here</span>;
  const short = <span className="mono">{version.commit.slice(0, 10)}</span>;
  return (
    <>
      <span className="cut">
        {version.commit_url ? (
          <a
            className="link"
            href={version.commit_url}
            target="_blank"
            rel="noreferrer"
            title={version.commit}
          >
            {short}
          </a>
        ) : (
          <span title={version.commit}>{short}</span>
        )}
        {version.branch && <bdi className="faint small"> {version.branch}</bdi>}
      </span>
      <bdi className="cut muted small" title={version.message}>
        {version.message}
      </bdi>
    </>
  );
}

function Runs(props: { version: Version; deployments: readonly Deployment[] }): React.ReactNode {
  const { version, deployments } = props;
  if (deployments.length + version.others === 0) return <span className="faint small">Runs nowhere</span>;
  return (
    <>
      {deployments.map((each) => {
        const { tone, word } = atRest({ resource: each, open: [], runs: [] });
        const server = each.names[each.config.server];
        return (
          <span key={each.id} className={classes.place}>
            <Shape tone={tone} />
            <Link className="link cut" to={`/deployments/${each.name}`} title={word}>
              {each.name}
            </Link>
            <span className="unseen">{word}</span>
            {server && <span className="faint small cut">{server}</span>}
          </span>
        );
      })}
      {version.others > 0 && <span className="faint small">{version.others} more you may not see</span>}
    </>
  );
}
