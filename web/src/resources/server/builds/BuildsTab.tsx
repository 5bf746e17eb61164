/** Builds made on one server: those that run and wait now, then all that are built there. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useBuilds } from "~/api/hooks";
import type { Build, Resource } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { RunBars } from "~/kit/RunBars";
import { useRuns } from "~/kit/runs";
import { Ago } from "~/kit/time";
import { plural } from "~/kit/units";
import { BuildQueue } from "~/resources/build/queue/BuildQueue";
import { asServer } from "../model";
import classes from "./BuildsTab.module.css";
import { builtOn } from "./here";

export function BuildsTab({ resource }: { resource: Resource }): React.ReactNode {
  const { items, ready } = useBuilds();
  const here = useMemo(() => builtOn(items.values(), resource.id), [items, resource.id]);
  const slots = asServer(resource).config.build_slots;
  return (
    <div className="stack">
      <BuildQueue server={resource.id} />
      <Panel title="Builds" note={`${plural(slots, "place")}; what finds none waits in order`}>
        {ready && here.length === 0 && (
          <Notice
            title={`Nothing is built on ${resource.name}`}
            text="A build names the server whose Docker makes its images."
          />
        )}
        <ul>
          {here.map((build) => (
            <Row key={build.id} build={build} />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function Row({ build }: { build: Build }): React.ReactNode {
  const runs = useRuns("build").items.get(build.id)?.items ?? [];
  return (
    <li className={classes.row}>
      <Link to={`/builds/${build.name}`} className="cut strong">
        {build.name}
      </Link>
      <span className="mono muted">{build.info.image ? build.info.version : "never built"}</span>
      <RunBars runs={runs} what={build.name} />
      <span className={classes.when}>
        <Ago at={build.info.built} suffix=" ago" />
      </span>
    </li>
  );
}
