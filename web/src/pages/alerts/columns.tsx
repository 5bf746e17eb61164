/** Columns of the list of alerts. */
import { Link } from "@tanstack/react-router";
import {
  type Alert,
  causeOf,
  isOver,
  onServer,
  placeOf,
  rankOf,
  saidOf,
  serverName,
  severityWord,
  standingOf,
  stateWord,
  subjectName,
} from "~/kit/alert/alert";
import { limitText, valueText } from "~/kit/alert/figure";
import type { Column } from "~/kit/list/column";
import { State } from "~/kit/State";
import { Ago, exact, span, useNowText } from "~/kit/time";
import { Until } from "~/kit/until";
import classes from "./Alerts.module.css";

const SEVERITY: Column<Alert> = {
  id: "severity",
  label: "Severity",
  value: rankOf,
  text: severityWord,
  render: (alert) => <State {...standingOf(alert)} />,
  width: "104px",
  priority: 1,
};
const WHAT: Column<Alert> = {
  id: "what",
  label: "What",
  value: saidOf,
  render: (alert) => <span title={alert.message}>{saidOf(alert)}</span>,
  width: 2.2,
  least: 168,
  phone: "name",
  priority: 0,
};
const WHERE: Column<Alert> = {
  id: "where",
  label: "Where",
  value: subjectName,
  text: (alert) => `${subjectName(alert)} ${onServer(alert)}`,
  render: (alert) => <Where alert={alert} />,
  width: 1.3,
  least: 168,
  phone: "detail",
  priority: 2,
};
const SINCE: Column<Alert> = {
  id: "since",
  label: "Since",
  value: ({ since }) => Date.parse(since),
  text: () => "",
  render: ({ since }) => <Ago at={since} />,
  align: "right",
  width: "72px",
  phone: "figure2",
  descending: true,
  priority: 3,
};
const FIGURE: Column<Alert> = {
  id: "figure",
  label: "Figure",
  value: ({ value }) => value,
  text: () => "",
  render: (alert) => <Figure alert={alert} />,
  align: "right",
  width: "128px",
  phone: "figure",
  priority: 4,
};
const STATE: Column<Alert> = {
  id: "state",
  label: "State",
  value: stateWord,
  render: (alert) => <StateCell alert={alert} />,
  width: 0.8,
  priority: 5,
};
const CULPRIT: Column<Alert> = {
  id: "culprit",
  label: "Likely cause",
  value: (alert) => causeOf(alert) || null,
  width: 0.9,
  priority: 7,
};
const RULE: Column<Alert> = {
  id: "rule",
  label: "Rule",
  value: ({ rule_name }) => rule_name,
  render: ({ rule_name }) => (
    <Link className="cut" to={`/alert_rules/${rule_name}`}>
      {rule_name}
    </Link>
  ),
  width: 0.9,
  priority: 6,
};
const LASTED: Column<Alert> = {
  id: "lasted",
  label: "Lasted",
  value: (alert) => (alert.resolved ? Date.parse(alert.resolved) - Date.parse(alert.since) : null),
  text: () => "",
  render: (alert) => <Lasted alert={alert} />,
  align: "right",
  width: "80px",
  descending: true,
  priority: 4,
};
const ENDED: Column<Alert> = {
  id: "ended",
  label: "Ended",
  value: ({ resolved }) => (resolved ? Date.parse(resolved) : null),
  text: () => "",
  render: ({ resolved }) => <Ago at={resolved} />,
  align: "right",
  width: "72px",
  descending: true,
  priority: 5,
};
const WHY: Column<Alert> = {
  id: "why",
  label: "Ended because",
  value: ({ why_resolved }) => why_resolved || "it got better",
  width: 0.9,
  priority: 8,
};

export const OPEN_COLUMNS: readonly Column<Alert>[] = [
  SEVERITY,
  WHAT,
  WHERE,
  FIGURE,
  STATE,
  CULPRIT,
  RULE,
  SINCE,
];
export const HISTORY_COLUMNS: readonly Column<Alert>[] = [
  SEVERITY,
  WHAT,
  WHERE,
  FIGURE,
  CULPRIT,
  RULE,
  WHY,
  SINCE,
  LASTED,
  ENDED,
];

function Where({ alert }: { alert: Alert }): React.ReactNode {
  const server = serverName(alert);
  return (
    <span className={classes.where}>
      <Link className="cut" to={placeOf(alert)}>
        {subjectName(alert)}
      </Link>
      {server && (
        <>
          <span className="faint">on</span>
          <Link className="cut" to={`/servers/${server}`}>
            {server}
          </Link>
        </>
      )}
    </span>
  );
}

/** `93% of 85%` would read as a share: the level stands behind it, grey. */
function Figure({ alert }: { alert: Alert }): React.ReactNode {
  const value = valueText(alert);
  if (!value) return null;
  const limit = limitText(alert);
  return (
    <span className={classes.figure} title={limit && `level ${limit}`}>
      <strong>{value}</strong>
      {limit && <span className="faint"> / {limit}</span>}
    </span>
  );
}

function StateCell({ alert }: { alert: Alert }): React.ReactNode {
  const word = stateWord(alert);
  if (word === "Acknowledged")
    return (
      <span className="cut" title={alert.comment || undefined}>
        Acknowledged by {alert.acknowledged_by}
        {alert.acknowledged_until && (
          <span className="faint">
            {" "}
            <Until at={alert.acknowledged_until} before="ends " />
          </span>
        )}
      </span>
    );
  if (word === "Silenced") return <span className="cut muted">Silenced: its server does not answer</span>;
  if (word === "Flapping")
    return (
      <span
        className="cut"
        title="It comes and goes; that is told once, and nothing more until it stands still."
      >
        Open, flapping
      </span>
    );
  return <span className={isOver(alert) ? "muted" : undefined}>{word}</span>;
}

function Lasted({ alert }: { alert: Alert }): React.ReactNode {
  const text = useNowText((now) =>
    span(((alert.resolved ? Date.parse(alert.resolved) : now) - Date.parse(alert.since)) / 1000),
  );
  return <span title={`since ${exact(alert.since)}`}>{text}</span>;
}
