/** Columns of the list of alert rules. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAlerts } from "~/kit/alert/useAlerts";
import type { Column } from "~/kit/list/column";
import { writeFilters } from "~/kit/list/view";
import { Shape, State } from "~/kit/State";
import { count, plural } from "~/kit/units";
import type { Known } from "../ui";
import { type AlertRule, ruleOf, scopeText } from "./words";

export const COLUMNS: readonly Column<Known>[] = [
  {
    id: "name",
    label: "Name",
    value: ({ resource }) => resource.name,
    width: 1,
    phone: "name",
    priority: 0,
  },
  {
    id: "says",
    label: "What",
    value: (known) => ruleOf(known).status.text,
    render: (known) => <span title={ruleOf(known).status.text}>{ruleOf(known).status.text}</span>,
    width: 2.4,
    phone: "detail",
    priority: 2,
  },
  {
    id: "severity",
    label: "Severity",
    value: (known) => ruleOf(known).status.severity,
    render: (known) => <Severities of={ruleOf(known).status.severity} />,
    width: "168px",
    priority: 5,
  },
  {
    id: "where",
    label: "Where",
    value: (known) => where(ruleOf(known)),
    width: 1.1,
    priority: 3,
  },
  {
    id: "open",
    label: "Open",
    value: () => null,
    render: (known) => <OpenAlerts rule={ruleOf(known)} />,
    align: "right",
    width: "72px",
    phone: "figure",
    priority: 4,
  },
];

function where({ config, names }: AlertRule): string {
  const others = config.overrides.length;
  const text = scopeText(config.scope, names);
  return others > 0 ? `${text}, ${plural(others, "override")}` : text;
}

const SEVERITIES = {
  warning: { tone: "warn", word: "Warning" },
  critical: { tone: "bad", word: "Critical" },
} as const;

/** What its alerts may be: by its levels, where it has any. */
function Severities({ of }: { of: string }): React.ReactNode {
  return (
    <span className="row">
      {(["warning", "critical"] as const)
        .filter((severity) => of.includes(severity))
        .map((severity) => (
          <span key={severity} className="row muted">
            <Shape tone={SEVERITIES[severity].tone} size={10} /> {SEVERITIES[severity].word}
          </span>
        ))}
    </span>
  );
}

function OpenAlerts({ rule }: { rule: AlertRule }): React.ReactNode {
  const { list } = useAlerts();
  const open = useMemo(() => list.filter((alert) => alert.rule === rule.id), [list, rule.id]);
  if (open.length === 0) return <span className="faint">—</span>;
  const search = { f: writeFilters([{ chip: "rule", values: [rule.name] }]) };
  const worst = open.some(({ severity }) => severity === "critical") ? "bad" : "warn";
  return (
    <Link to="/alerts" search={search as never} aria-label={`${open.length} open: ${rule.name}`}>
      <State tone={worst} word={count(open.length)} />
    </Link>
  );
}
