/** Clean-up of one server: what would go, how much room that makes, why the rest stays; and when it runs by itself. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAsked } from "~/api/asked";
import type { Resource } from "~/api/types";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { bytes, plural } from "~/kit/units";
import { useStart } from "../docker/useStart";
import { asServer, type ServerResource } from "../model";
import { CleanUpDialog } from "./CleanUpDialog";
import classes from "./cleanup.module.css";
import { Items } from "./Items";
import { TimesPanel } from "./TimesPanel";
import { kindTitle, type Preview } from "./words";

const CHANGED = ["server.clean_up", "server.update", "deployment.", "build."];

export function CleanUpTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  const { offered } = useStart(server);
  return (
    <div className={classes.tab}>
      {!server.config.clean_up ? (
        <Off server={server} />
      ) : offered("clean_up_preview") ? (
        <Shown server={server} />
      ) : (
        <Panel title="What would go">
          <p className={`${classes.body} muted`}>
            Who holds the right unmanaged on this server sees what would go.
          </p>
        </Panel>
      )}
      <TimesPanel server={server} />
    </div>
  );
}

/** Nothing is cleaned from a host unless somebody says so. */
function Off({ server }: { server: ServerResource }): React.ReactNode {
  return (
    <Panel title="Switched off">
      <div className={classes.body}>
        <p>
          Nothing is cleaned from this host. Images, the build cache, stopped containers, networks and mirrors
          of repositories each have a rule of their own; what a deployment or build needs, or can go back to,
          never goes.
        </p>
        <Link className="link" to={`/servers/${server.name}/config`}>
          Set rules in the config
        </Link>
      </div>
    </Panel>
  );
}

function Shown({ server }: { server: ServerResource }): React.ReactNode {
  const { data, error, isFetching, refetch } = useAsked<Preview>(
    `/servers/${server.id}/clean_up_preview`,
    {},
    CHANGED,
  );
  const [asking, setAsking] = useState(false);
  const { offered } = useStart(server);
  const items = data?.goes ?? [];
  return (
    <Panel
      title="What would go"
      note={data && items.length > 0 ? `${plural(items.length, "thing")}, ${room(data)}` : undefined}
      end={
        <span className={classes.ends}>
          <Button onClick={() => void refetch()} disabled={isFetching}>
            {isFetching ? "Looking…" : "Look again"}
          </Button>
          {offered("clean_up") && items.length > 0 && (
            <Button className={classes.danger} onClick={() => setAsking(true)}>
              Clean up…
            </Button>
          )}
        </span>
      }
    >
      <div className={classes.body} aria-busy={isFetching}>
        {error && <ProblemText problem={error} />}
        {!data && !error && (
          <p className="muted">The host looks at what it has; with many images it takes a while.</p>
        )}
        {data && items.length === 0 && (
          <p className="muted">Nothing: what there is, is needed or not old enough.</p>
        )}
        {data?.notes.map((note) => (
          <p key={note} className="muted">
            {note}
          </p>
        ))}
        {data && data.totals.length > 1 && <Totals preview={data} />}
        <Items items={items} label="would go" />
        {data && <Stays preview={data} />}
      </div>
      {asking && data && <CleanUpDialog server={server} preview={data} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Totals({ preview }: { preview: Preview }): React.ReactNode {
  return (
    <ul className={classes.totals} aria-label="Totals">
      {preview.totals.map(({ kind, count, bytes: size }) => (
        <li key={kind}>
          <span className="muted">{kindTitle(kind)}</span> <span className="strong">{count}</span>
          {size > 0 && <span className="muted"> {bytes(size)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Stays({ preview }: { preview: Preview }): React.ReactNode {
  const { stays, hidden } = preview;
  if (stays.length + hidden === 0) return null;
  return (
    <details className={classes.stays}>
      <summary>What stays, and why ({stays.length})</summary>
      <Items items={stays} label="stays" />
      {hidden > 0 && (
        <p className="muted">
          {hidden} more that you may not see {hidden === 1 ? "stays" : "stay"}.
        </p>
      )}
    </details>
  );
}

function room(preview: Preview): string {
  return `${preview.exact ? "" : "at most "}${bytes(preview.bytes)}`;
}
