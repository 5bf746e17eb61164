/** AlertTabs: the parts of what concerns alerts: those that go on, those that are over, and the rules. */
import { Link } from "@tanstack/react-router";
import { useResources } from "~/api/hooks";
import { count } from "~/kit/units";
import classes from "./AlertTabs.module.css";
import { useAlerts } from "./useAlerts";

export type AlertTab = "open" | "history" | "rules";

export function AlertTabs({ current }: { current: AlertTab }): React.ReactNode {
  const { list, ready } = useAlerts();
  const rules = useResources("alert_rule");
  const tab = (id: AlertTab, to: string, label: string, search: object, many?: number) => (
    <Link
      to={to}
      search={search as never}
      className={classes.tab}
      aria-current={id === current ? "page" : undefined}
    >
      {label}
      {many !== undefined && <span className="faint small"> {count(many)}</span>}
    </Link>
  );
  return (
    <nav className={classes.tabs} aria-label="Parts of alerts">
      {tab("open", "/alerts", "Open", {}, ready ? list.length : undefined)}
      {tab("history", "/alerts", "History", { view: "history" })}
      {tab("rules", "/alert_rules", "Rules", {}, rules.ready ? rules.items.size : undefined)}
    </nav>
  );
}
