/** Facts: what a build makes, from what, where, in one line under its name. */
import { Link } from "@tanstack/react-router";
import type { Build } from "~/api/types";
import { Ago } from "~/kit/time";
import { builderName, repository, revision } from "./words";

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
      <span className="cut" title={config.source.url}>
        from {repository(config.source.url)} <span className="mono">{revision(build)}</span>
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
