/** Compare: up to six servers, deployments or containers on one chart for each measure, and with the same time a day or a week before. */
import { useCallback, useMemo, useState } from "react";
import { useParam } from "~/app/param";
import { PageTitle } from "~/app/Where";
import { ChartGroup } from "~/kit/chart/ChartGroup";
import { ManyChart } from "~/kit/chart/ManyChart";
import { RangePicker, useReach } from "~/kit/chart/RangePicker";
import { useUrlGroup } from "~/kit/chart/useUrlGroup";
import { ZoomBar } from "~/kit/chart/ZoomBar";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Segments } from "~/kit/Segments";
import { Chosen } from "./Chosen";
import classes from "./Compare.module.css";
import { EARLIER, earlierOf, kindOf, MOST_TWICE, readNames } from "./choice";
import { KINDS, type Kind } from "./kinds";
import { useCompared } from "./useCompared";
import { type Things, useContainerThings, useDeploymentThings, useServerThings } from "./useThings";

const OFFERED = Object.values(KINDS).map(({ id, title }) => ({ value: id, label: title }));

export function ComparePage(): React.ReactNode {
  const [of] = useParam("of");
  const [deployments] = useParam(KINDS.deployments.id);
  const [containers] = useParam(KINDS.containers.id);
  switch (kindOf(of, { deployments, containers })) {
    case "deployments":
      return <Deployments />;
    case "containers":
      return <Containers />;
    default:
      return <Servers />;
  }
}

function Servers(): React.ReactNode {
  return <Whole kind={KINDS.servers} things={useServerThings()} />;
}

function Deployments(): React.ReactNode {
  return <Whole kind={KINDS.deployments} things={useDeploymentThings()} />;
}

function Containers(): React.ReactNode {
  return <Whole kind={KINDS.containers} things={useContainerThings()} />;
}

function Whole({ kind, things }: { kind: Kind; things: Things }): React.ReactNode {
  const { known, ready } = things;
  const [, setOf] = useParam("of");
  const [text, setText] = useParam(kind.id);
  const [before, setBefore] = useParam("before");
  const [reach, choose] = useReach("24h");
  const group = useUrlGroup();
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000));
  const again = useCallback(
    (range: string) => {
      setNow(Math.floor(Date.now() / 1000));
      choose(range);
    },
    [choose],
  );
  const names = useMemo(() => readNames(text), [text]);
  const chosen = names.flatMap((name) => known.get(name) ?? []);
  const earlier = earlierOf(before, chosen.length);
  const range = useMemo(
    () => group.zoom ?? ([now - reach.seconds, now] as const),
    [group.zoom, now, reach.seconds],
  );
  const { at, lines, loading, problem } = useCompared(chosen, kind.measures, range, earlier);
  return (
    <div className={classes.page}>
      <PageTitle title={`Compare ${kind.id}`} />
      <div className={classes.tools}>
        <Segments label="What is compared" value={kind.id} onChange={setOf} data={OFFERED} />
        <Chosen
          kind={kind}
          names={names}
          known={known}
          ready={ready}
          choose={(to) => setText(to.join(","))}
        />
        <RangePicker reach={reach} choose={again} className={classes.range} still />
      </div>
      <div className={classes.earlier}>
        <span className="muted">Beside it the same time</span>
        {chosen.length > MOST_TWICE ? (
          <span className="faint">
            for at most {MOST_TWICE} {kind.id}
          </span>
        ) : (
          <Segments
            label="Beside it the same time"
            value={earlier.value}
            onChange={(to) => setBefore(to === EARLIER[0].value ? undefined : to)}
            data={EARLIER}
          />
        )}
      </div>
      {problem && (
        <Panel label="Charts">
          <Notice tone="bad" title={problem.body.title} text={problem.body.detail} />
        </Panel>
      )}
      {ready && chosen.length === 0 ? (
        <Panel label="Charts">
          <Notice
            title="Nothing to compare yet"
            text={`Add a ${kind.one} above: one can be compared with itself a day or a week before, several with each other.`}
          />
        </Panel>
      ) : (
        <ChartGroup group={group}>
          <div className={classes.charts}>
            {kind.measures.map(({ id, title, unit, max }) => (
              <ManyChart
                key={id}
                title={title}
                unit={unit}
                max={max}
                at={at}
                series={lines.get(id) ?? []}
                range={range}
                loading={loading}
              />
            ))}
          </div>
          <ZoomBar />
        </ChartGroup>
      )}
    </div>
  );
}
