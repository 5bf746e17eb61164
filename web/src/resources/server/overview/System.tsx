/** System: load, each core, swap, kernel, and a clock that goes wrong. */
import { Meter } from "~/kit/Meter";
import { Panel } from "~/kit/Panel";
import { Shape } from "~/kit/State";
import { span } from "~/kit/time";
import { bytes, digits, percent } from "~/kit/units";
import { isUp, type ServerResource } from "../model";
import { AsOf } from "./AsOf";
import { clockSkew, type HostSample, hottest, share } from "./host";
import classes from "./System.module.css";

export function System(props: {
  server: ServerResource;
  latest: HostSample | undefined;
  /** Core's time of the latest sample, in seconds. */
  at: number | undefined;
}): React.ReactNode {
  const { server, latest, at } = props;
  const { agent } = server.status;
  const host = agent?.hostname !== server.name ? agent?.hostname : undefined;
  const heat = latest && hottest(latest);
  const skew = latest ? clockSkew(latest.at, at) : 0;
  return (
    <Panel title="System" note={isUp(server) ? host : <AsOf server={server} />}>
      <dl className={classes.facts} data-stale={!isUp(server) || undefined}>
        {latest && (
          <>
            <Fact name="Load" title="Mean number of runnable tasks over 1, 5 and 15 minutes">
              {latest.load.map((figure) => digits(figure)).join("  ")}
              <span className="faint small">1, 5, 15 min</span>
            </Fact>
            <div className={classes.cores}>
              <dt className="unseen">Cores</dt>
              <dd>
                <Cores cores={latest.cores} />
              </dd>
            </div>
            <Fact name="Swap">
              {latest.swap_total > 0 ? (
                <>
                  <Meter value={share(latest.swap_used, latest.swap_total)} width={56} />
                  {bytes(latest.swap_used)}
                  <span className="faint small">of {bytes(latest.swap_total)}</span>
                </>
              ) : (
                <span className="faint">none</span>
              )}
            </Fact>
            <Fact name="Cache" title="Memory that is given back when it is needed">
              {bytes(latest.memory_cache)}
            </Fact>
            {heat && (
              <Fact name="Hottest" title="Of all temperature sensors">
                {Math.round(heat.celsius)} °C
                <span className="faint small cut">{heat.name}</span>
              </Fact>
            )}
          </>
        )}
        {agent?.kernel && (
          <Fact name="Kernel" title={agent.system}>
            <span className="mono cut">{agent.kernel}</span>
            <span className="faint small">{agent.architecture}</span>
          </Fact>
        )}
        {skew !== 0 && (
          <Fact name="Clock">
            <span className={classes.skew}>
              <Shape tone="warn" /> {span(Math.abs(skew))} {skew > 0 ? "ahead of" : "behind"} core
            </span>
          </Fact>
        )}
        {!latest && !agent && <Fact name="System">not known yet</Fact>}
      </dl>
    </Panel>
  );
}

function Fact(props: { name: string; title?: string; children: React.ReactNode }): React.ReactNode {
  return (
    <div className={classes.fact} title={props.title}>
      <dt className="muted">{props.name}</dt>
      <dd className={classes.value}>{props.children}</dd>
    </div>
  );
}

/** A bar for each core; the busiest is said. */
function Cores({ cores }: { cores: readonly number[] }): React.ReactNode {
  const busiest = Math.max(0, ...cores);
  return (
    <div
      className={classes.bars}
      role="img"
      aria-label={`${cores.length} cores, the busiest at ${percent(busiest)}`}
      title={`The busiest of ${cores.length} cores: ${percent(busiest)}`}
      style={{ "--gap": cores.length > 48 ? "1px" : "2px" } as React.CSSProperties}
    >
      {cores.map((core, i) => (
        <i key={i} style={{ "--level": `${Math.min(100, core)}%` } as React.CSSProperties} />
      ))}
    </div>
  );
}
