/** TimesPanel: when the host is cleaned up by itself, as whom, and what became of the last times. */
import { useAsked } from "~/api/asked";
import { useDrawer } from "~/app/drawer";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { State } from "~/kit/State";
import { exact } from "~/kit/time";
import type { ServerResource } from "../model";
import classes from "./cleanup.module.css";
import { outcomeOf, type Times } from "./words";

const CHANGED = ["server.clean_up", "server.update", "grant.", "user."];

export function TimesPanel({ server }: { server: ServerResource }): React.ReactNode {
  const { data, error } = useAsked<Times>(`/servers/${server.id}/clean_up_times`, {}, CHANGED);
  return (
    <Panel title="By itself">
      <div className={classes.body}>
        {error && <ProblemText problem={error} />}
        {data && <When times={data} cron={server.config.clean_up?.cron ?? ""} />}
        {data?.blocked && <Notice tone="bad" title="The next run would be refused" text={data.blocked} />}
        {data && data.last.length > 0 && (
          <ol className={classes.times} aria-label="Last times">
            {data.last.map((one) => (
              <Last key={one.due} one={one} />
            ))}
          </ol>
        )}
      </div>
    </Panel>
  );
}

function When({ times, cron }: { times: Times; cron: string }): React.ReactNode {
  if (!times.next)
    return (
      <p className="muted">
        {cron
          ? "It does not run now: the server is disabled, or it was switched on a moment ago."
          : "Only when somebody asks for it. The config says when it runs by itself."}
      </p>
    );
  return (
    <p>
      Next <time dateTime={times.next}>{exact(times.next)}</time>
      <span className="muted">
        {" "}
        (<code>{cron}</code>), with the rights of {times.runs_as || "nobody"}
      </span>
    </p>
  );
}

type Occasion = Times["last"][number];

function Last({ one }: { one: Occasion }): React.ReactNode {
  const { open } = useDrawer();
  const activity = one.activity;
  return (
    <li>
      {activity ? (
        <button type="button" className="link" onClick={() => open(activity)}>
          {exact(one.due)}
        </button>
      ) : (
        <span>{exact(one.due)}</span>
      )}
      <State {...outcomeOf(one.outcome)} />
      <span className="muted">{one.reason}</span>
    </li>
  );
}
