/** Facts: where a deployment runs, what, since when, in one line under its name. */
import { Link } from "@tanstack/react-router";
import { useBuilds } from "~/api/hooks";
import type { Deployment } from "~/api/types";
import { Ports } from "~/kit/Ports";
import { Shape } from "~/kit/State";
import { Ago } from "~/kit/time";
import type { Known } from "../ui";
import { atRest, deploymentOf } from "./standing";
import { UpdateFact } from "./update/UpdateFact";
import { serverName, version } from "./words";

export function Facts({ known }: { known: Known }): React.ReactNode {
  const deployment = deploymentOf(known);
  const { status, info } = deployment;
  const server = serverName(deployment);
  const rest = atRest(known);
  return (
    <>
      {server && (
        <span>
          on{" "}
          <Link className="link" to={`/servers/${server}`}>
            {server}
          </Link>
        </span>
      )}
      <span className="cut" title={version(deployment)}>
        image <span className="mono">{version(deployment)}</span>
      </span>
      <BuildFact deployment={deployment} />
      {status.ports.some((port) => port.host) && (
        <span>
          ports <Ports ports={status.ports} server={deployment.config.server} />
        </span>
      )}
      {status.state === "running" && status.since && (
        <span>
          up <Ago at={status.since} />
        </span>
      )}
      {info.deployed && (
        <span>
          deployed <Ago at={info.deployed} suffix=" ago" />
        </span>
      )}
      <UpdateFact known={known} />
      {status.outdated && <span>config changed since</span>}
      {status.drift && (
        <Link className="link row" to={`/deployments/${known.resource.name}/history`}>
          <Shape tone="warn" size={10} /> {status.drift}
        </Link>
      )}
      {rest.reason && (
        <span className="row" style={{ color: rest.tone === "bad" ? "var(--bad)" : undefined }}>
          {rest.tone === "bad" && <Shape tone="bad" size={10} />}
          <bdi>{rest.reason}</bdi>
        </span>
      )}
    </>
  );
}

/** The build it comes from, and the commit where the build still knows it. */
function BuildFact({ deployment }: { deployment: Deployment }): React.ReactNode {
  const { image } = deployment.config;
  const { items } = useBuilds();
  if (image.kind !== "build") return null;
  const build = items.get(image.build);
  const name = build?.name ?? deployment.names[image.build];
  if (!name) return null;
  const commit = build && build.info.version === deployment.info.version ? build.info.commit.slice(0, 7) : "";
  return (
    <span>
      build{" "}
      <Link className="link" to={`/builds/${name}`}>
        {name}
      </Link>
      {commit && (
        <>
          {" @ "}
          <span className="mono">{commit}</span>
        </>
      )}
    </span>
  );
}
