/** AlertTabs: the parts of what concerns alerts: those that go on, those that are over, rules, and where they go. */
import { Link } from "@tanstack/react-router";
import { useResources, useTypes } from "~/api/hooks";
import strip from "~/kit/tabs.module.css";
import { count } from "~/kit/units";
import classes from "./AlertTabs.module.css";
import { useAlerts } from "./useAlerts";

export type AlertTab = "open" | "history" | "rules" | "targets" | "maintenance";

export function AlertTabs({ current }: { current: AlertTab }): React.ReactNode {
  const { list, ready } = useAlerts();
  const tab = (id: AlertTab, to: string, label: string, search: object, many?: number) => (
    <Link
      to={to}
      search={search as never}
      className={`${strip.tab} ${classes.tab}`}
      aria-current={id === current ? "page" : undefined}
    >
      {label}
      {many !== undefined && <span className="faint small"> {count(many)}</span>}
    </Link>
  );
  return (
    <nav className={strip.tabs} aria-label="Parts of alerts">
      {tab("open", "/alerts", "Open", {}, ready ? list.length : undefined)}
      {tab("history", "/alerts", "History", { view: "history" })}
      {OF_TYPES.map((part) => (
        <TypeTab key={part.id} {...part} current={part.id === current} />
      ))}
    </nav>
  );
}

const OF_TYPES = [
  { id: "rules", type: "alert_rule", label: "Rules" },
  { id: "targets", type: "alert_target", label: "Targets" },
  { id: "maintenance", type: "maintenance", label: "Maintenance" },
] as const;

/** The list of a type that belongs here; nothing for who is not told of the type. */
function TypeTab(props: { type: string; label: string; current: boolean }): React.ReactNode {
  const known = useTypes().find(({ name }) => name === props.type);
  const { items, ready } = useResources(props.type);
  if (!known) return null;
  return (
    <Link
      to={`/${known.plural}`}
      className={`${strip.tab} ${classes.tab}`}
      aria-current={props.current ? "page" : undefined}
    >
      {props.label}
      {ready && <span className="faint small"> {count(items.size)}</span>}
    </Link>
  );
}
