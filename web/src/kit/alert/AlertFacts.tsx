/** AlertFacts: where, since when, how much, who likely causes it, and what explains it: each with its link. */
import { Link } from "@tanstack/react-router";
import { useDeployments, useResources } from "~/api/hooks";
import { useDrawer } from "~/app/drawer";
import { Ago, exact } from "~/kit/time";
import { Until } from "~/kit/until";
import classes from "./AlertDrawer.module.css";
import { type Alert, causeOf, placeOf, serverName, subjectName } from "./alert";
import { limitText, valueText } from "./figure";

/** What explains it, by the kind of that alert's rule. */
const EXPLAINED: Record<string, string> = {
  unreachable: "Its server does not answer",
  oom_killed: "It ran out of memory",
  server_figure: "The cpu is busy",
};

export function AlertFacts({ alert }: { alert: Alert }): React.ReactNode {
  const { openAlert, open } = useDrawer();
  const value = valueText(alert);
  const limit = limitText(alert);
  return (
    <dl className={classes.facts}>
      <Fact name="Where">
        <Where alert={alert} />
      </Fact>
      <Fact name="Since">
        <time dateTime={alert.since}>{exact(alert.since)}</time>
      </Fact>
      {alert.resolved && (
        <Fact name="Ended">
          <time dateTime={alert.resolved}>{exact(alert.resolved)}</time>
          {alert.why_resolved && <span className="muted"> · {alert.why_resolved}</span>}
        </Fact>
      )}
      {value && (
        <Fact name={alert.resolved ? "Last figure" : "Figure"}>
          <strong>{value}</strong>
          {limit && <span className="muted"> · level {limit}</span>}
        </Fact>
      )}
      {causeOf(alert) && (
        <Fact name="Likely cause">
          <Culprit alert={alert} />
        </Fact>
      )}
      <Fact name="Rule">
        <RuleLink alert={alert} />
      </Fact>
      {alert.acknowledged_by && (
        <Fact name="Acknowledged">
          by {alert.acknowledged_by} <Ago at={alert.acknowledged_at} suffix=" ago" />
          {alert.acknowledged_until && (
            <span className="muted">
              {" · "}
              <Until at={alert.acknowledged_until} before="ends " />
            </span>
          )}
          {alert.comment && <p dir="auto">{alert.comment}</p>}
        </Fact>
      )}
      {alert.quiet === "maintenance" && (
        <Fact name="Quiet">In a maintenance; nothing is told of this meanwhile</Fact>
      )}
      {(alert.quiet === "explained" || alert.silenced_by) && (
        <Fact name="Silenced">
          {alert.silenced_by ? (
            <button type="button" className="link" onClick={() => openAlert(alert.silenced_by)}>
              {EXPLAINED[alert.explained_as] ?? "Another alert says why"}
            </button>
          ) : (
            "Another alert says why"
          )}
          ; nothing is told of this meanwhile
        </Fact>
      )}
      {alert.flapping && (
        <Fact name="Flapping">
          It comes and goes; that was told once, and nothing more until it stands still.
        </Fact>
      )}
      {alert.activity && (
        <Fact name="Activity">
          <button type="button" className="link" onClick={() => open(alert.activity)}>
            Open its output
          </button>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }): React.ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Where({ alert }: { alert: Alert }): React.ReactNode {
  const server = serverName(alert);
  return (
    <>
      <Link to={placeOf(alert)} className="link">
        {subjectName(alert)}
      </Link>
      {server && (
        <>
          <span className="muted"> on </span>
          <Link to={`/servers/${server}`} className="link">
            {server}
          </Link>
        </>
      )}
    </>
  );
}

function Culprit({ alert }: { alert: Alert }): React.ReactNode {
  const { items } = useDeployments();
  const deployment = items.get(alert.culprit_of);
  return (
    <>
      {deployment && (
        <>
          <Link to={`/deployments/${deployment.name}`} className="link">
            {deployment.name}
          </Link>
          <span className="muted"> · </span>
        </>
      )}
      <span className={deployment && "muted"}>{alert.culprit}</span>
      {alert.culprit_process && (
        <div className={alert.culprit && "muted"} dir="auto">
          {alert.culprit_process}
        </div>
      )}
    </>
  );
}

/** By its name of now; a rule that is gone has none. */
function RuleLink({ alert }: { alert: Alert }): React.ReactNode {
  const { items, ready } = useResources("alert_rule");
  const rule = items.get(alert.rule);
  if (!rule) return <span className={ready ? "muted" : undefined}>{alert.rule_name}</span>;
  return (
    <Link to={`/alert_rules/${rule.name}`} className="link">
      {rule.name}
    </Link>
  );
}
