/** System: which core this is, and where its API is described. */
import { useServers, useWelcome } from "~/api/hooks";
import { Panel } from "~/kit/Panel";
import classes from "./SettingsPage.module.css";

export function SystemPanel(): React.ReactNode {
  const welcome = useWelcome();
  const { items } = useServers();
  const agents = [
    ...new Set([...items.values()].flatMap((server) => server.status.agent?.version ?? [])),
  ].sort();
  return (
    <Panel title="System">
      <dl className={`${classes.facts} ${classes.body}`}>
        <dt>Core</dt>
        <dd>{welcome.version}</dd>
        <dt>Agents</dt>
        <dd>{agents.length > 0 ? agents.join(", ") : "none joined"}</dd>
        <dt>Reached over</dt>
        <dd>
          {welcome.insecure ? (
            <span style={{ color: "var(--warn)" }}>
              plain HTTP beyond this machine: passwords can be read on the way
            </span>
          ) : (
            location.origin
          )}
        </dd>
        <dt>API</dt>
        <dd>
          <a className="link" href="/api/docs" target="_blank" rel="noreferrer">
            Reference
          </a>
          {" · "}
          <a className="link" href="/api/openapi.json" target="_blank" rel="noreferrer">
            openapi.json
          </a>
        </dd>
      </dl>
    </Panel>
  );
}
