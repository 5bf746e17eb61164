/** BuildsPanel: how the last runs of each build ended, and the commit that came out. */
import { Link } from "@tanstack/react-router";
import { memo, useMemo } from "react";
import { Panel } from "~/kit/Panel";
import { RunBars } from "~/kit/RunBars";
import { Shape } from "~/kit/State";
import { type Counted, Tally } from "~/kit/Tally";
import { Ago, Elapsed } from "~/kit/time";
import { buildOf } from "~/resources/build/words";
import type { Known } from "~/resources/ui";
import classes from "./Overview.module.css";

const MOST = 8;

export const BuildsPanel = memo(function BuildsPanel({
  builds,
}: {
  builds: readonly Known[];
}): React.ReactNode {
  const latest = useMemo(() => byLastRun(builds), [builds]);
  const counts = useMemo(() => countsOf(builds), [builds]);
  return (
    <Panel
      label="Builds"
      title={<Link to="/builds">Builds</Link>}
      note={<Tally counts={counts} />}
      end={builds.length > 0 && <span className={`${classes.wide} faint tiny`}>last 16 runs</span>}
    >
      <ul className={classes.rows}>
        {latest.slice(0, MOST).map((known) => (
          <BuildRow key={known.resource.id} known={known} />
        ))}
      </ul>
      {builds.length === 0 && <p className={classes.none}>Nothing is built here</p>}
    </Panel>
  );
});

function BuildRow({ known }: { known: Known }): React.ReactNode {
  const { name, info } = buildOf(known);
  const running = known.open.find((activity) => activity.state === "running");
  const last = known.runs.at(-1);
  return (
    <li className={classes.build}>
      <Link to={`/builds/${name}`} className={`${classes.name} cut`} title={name}>
        {name}
      </Link>
      <span
        className="mono muted cut"
        title={[info.version, info.commit, info.message].filter(Boolean).join(" · ")}
      >
        {info.commit.slice(0, 7) || (info.built ? info.version : "—")}
      </span>
      <span>
        <RunBars runs={known.runs} what={name} />
      </span>
      <span className={classes.when}>
        {running ? (
          <span className={classes.running} title="Building">
            <Shape tone="busy" /> <Elapsed since={running.started ?? running.created} />
          </span>
        ) : (
          <Ago at={last?.ended} />
        )}
      </span>
    </li>
  );
}

/** Those that run first, then by their last run. */
function byLastRun(builds: readonly Known[]): readonly Known[] {
  const when = ({ open, runs }: Known) =>
    open.some(({ state }) => state === "running") ? "9" : (runs.at(-1)?.ended ?? "");
  return [...builds].sort((a, b) => (when(a) < when(b) ? 1 : when(a) > when(b) ? -1 : 0));
}

function countsOf(builds: readonly Known[]): Counted[] {
  const failed = builds.filter(({ runs }) => runs.at(-1)?.state === "failed").length;
  const never = builds.filter(({ runs }) => runs.length === 0).length;
  const running = builds.filter(({ open }) => open.length > 0).length;
  const all: Counted[] = [
    { tone: "ok", count: builds.length - failed - never, word: "ok" },
    { tone: "bad", count: failed, word: "failed" },
    { tone: "busy", count: running, word: "building", bare: true },
    { tone: "off", count: never, word: "never run" },
  ];
  return all.filter(({ count, tone }) => count > 0 || tone === "ok");
}
