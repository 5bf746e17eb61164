/** Facts: what a build makes, from what, where, in one line under its name. */
import { Link } from "@tanstack/react-router";
import type { Build } from "~/api/types";
import { Ago } from "~/kit/time";
import { builderName, revision, sourceName } from "./words";

export function Facts({ build }: { build: Build }): React.ReactNode {
  const { info, config } = build;
  const builder = builderName(build);
  return (
    <>
      {info.version !== "0.0.0" && (
        <span>
          <b>{info.version}</b> built <Ago at={info.built} suffix=" ago" />
        </span>
      )}
      <span className="cut" title={config.source?.url}>
        from {sourceName(build)} <Revision build={build} />
      </span>
      {info.message && (
        <bdi className="cut" style={{ maxWidth: 420 }} title={info.message}>
          {info.message}
        </bdi>
      )}
      {info.image && (
        <span className="cut" title={info.image}>
          image <span className="mono">{info.image}</span>
        </span>
      )}
      {builder && (
        <span>
          on{" "}
          <Link className="link" to={`/servers/${builder}`}>
            {builder}
          </Link>
        </span>
      )}
    </>
  );
}

/** The commit, leading to its page where that is known. */
function Revision({ build }: { build: Build }): React.ReactNode {
  const text = revision(build);
  if (!build.info.commit_url) return <span className="mono">{text}</span>;
  return (
    <a className="link mono" href={build.info.commit_url} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}
