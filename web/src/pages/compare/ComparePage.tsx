/** Compare: up to six servers on one chart for each measure, and with the same time a day or a week before. */
import { useCallback, useMemo, useState } from "react";
import { useServers } from "~/api/hooks";
import { useParam } from "~/app/param";
import { PageTitle } from "~/app/Where";
import { ChartGroup } from "~/kit/chart/ChartGroup";
import { ManyChart } from "~/kit/chart/ManyChart";
import { RangePicker, useReach } from "~/kit/chart/RangePicker";
import { useUrlGroup } from "~/kit/chart/useUrlGroup";
import { ZoomBar } from "~/kit/chart/ZoomBar";
import { byNature } from "~/kit/list/sort";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Segments } from "~/kit/Segments";
import { Chosen } from "./Chosen";
import classes from "./Compare.module.css";
import { EARLIER, earlierOf, MOST_TWICE, readNames } from "./choice";
import { MEASURES, useCompared } from "./useCompared";

export function ComparePage(): React.ReactNode {
  const { items, ready } = useServers();
  const [text, setText] = useParam("servers");
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
  const byName = new Map([...items.values()].map((server) => [server.name, server.id]));
  const servers = names.flatMap((name) => {
    const id = byName.get(name);
    return id ? [{ id, name }] : [];
  });
  const earlier = earlierOf(before, servers.length);
  const range = useMemo(
    () => group.zoom ?? ([now - reach.seconds, now] as const),
    [group.zoom, now, reach.seconds],
  );
  const { at, lines, loading, problem } = useCompared(servers, range, earlier);
  return (
    <div className={classes.page}>
      <PageTitle title="Compare servers" />
      <div className={classes.tools}>
        <Chosen
          names={names}
          known={ready ? [...byName.keys()].sort(byNature) : names}
          choose={(to) => setText(to.join(","))}
        />
        <RangePicker reach={reach} choose={again} className={classes.range} still />
      </div>
      <div className={classes.earlier}>
        <span className="muted">Beside it the same time</span>
        {servers.length > MOST_TWICE ? (
          <span className="faint">for at most {MOST_TWICE} servers</span>
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
      {ready && servers.length === 0 ? (
        <Panel label="Charts">
          <Notice
            title="Nothing to compare yet"
            text="Add a server above: one can be compared with itself a day or a week before, several with each other."
          />
        </Panel>
      ) : (
        <ChartGroup group={group}>
          <div className={classes.charts}>
            {MEASURES.map(({ id, title, unit, max }) => (
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
