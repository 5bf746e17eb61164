/** AlertsTab: alerts of one resource and, of a server, of what is on it: those that go on first, then the last that ended. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { ask, type Problem } from "~/api/http";
import type { Resource } from "~/api/types";
import { useRowKeys } from "~/kit/list/useRowKeys";
import { writeFilters } from "~/kit/list/view";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { AlertRow } from "./AlertRow";
import { type Alert, type AlertPage, concerns, isOver } from "./alert";
import classes from "./alert.module.css";
import { useAlerts, useAlertsOf } from "./useAlerts";

const SHOWN = 30;

export function AlertsTab({ type, resource }: { type: string; resource: Resource }): React.ReactNode {
  const { list, ready } = useAlertsOf(resource.id);
  const past = usePast(type, resource.id);
  const chip = type === "server" ? { chip: "server", values: [resource.name] } : undefined;
  const search = { view: "history", ...(chip ? { f: writeFilters([chip]) } : { q: resource.name }) };
  const all = (
    <Button component={Link} to="/alerts" search={search as never}>
      All of them
    </Button>
  );
  const place = useRef<HTMLDivElement>(null);
  useRowKeys(place);
  return (
    <div className="stack" ref={place}>
      <Panel title="Open" note={ready && list.length > 0 ? `${list.length}` : undefined}>
        {ready && list.length === 0 ? (
          <Notice title={`Nothing is wrong with ${resource.name}`} text="What is appears here by itself." />
        ) : (
          <Rows alerts={list} own={resource.id} />
        )}
      </Panel>
      <Panel title="Before" note="the last that ended" end={past.list.length > 0 && all}>
        {past.problem ? (
          <Notice tone="bad" title={past.problem.body.title} text={past.problem.body.detail} />
        ) : past.ready && past.list.length === 0 ? (
          <Notice title="No alert has ended here" text="Those that are over are kept for 90 days." />
        ) : (
          <Rows alerts={past.list} own={resource.id} />
        )}
      </Panel>
    </div>
  );
}

/** How many go on, beside the tab's name. */
export function AlertCount({ resource }: { resource: Resource }): React.ReactNode {
  const { length } = useAlertsOf(resource.id).list;
  return length > 0 ? length : null;
}

function Rows({ alerts, own }: { alerts: readonly Alert[]; own: string }): React.ReactNode {
  return (
    <ul className={classes.list}>
      {alerts.map((alert) => (
        <li key={alert.id}>
          <AlertRow alert={alert} own={own} />
        </li>
      ))}
    </ul>
  );
}

function usePast(type: string, id: string) {
  const { known } = useAlerts();
  const query = type === "server" ? { server: id } : { type, resource: id };
  const { data, error, isPending } = useQuery<AlertPage, Problem>({
    queryKey: ["alerts", "ended", type, id],
    queryFn: ({ signal }) =>
      ask<AlertPage>("GET", "/alerts", { signal, query: { ...query, state: ["resolved"], limit: SHOWN } }),
    gcTime: 0,
    retry: false,
  });
  const list = useMemo(() => {
    const found = new Map((data?.items ?? []).map((alert) => [alert.id, alert]));
    for (const alert of known.values()) if (isOver(alert) && concerns(alert, id)) found.set(alert.id, alert);
    return [...found.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, SHOWN);
  }, [data, known, id]);
  return { list, ready: !isPending, problem: error ?? undefined };
}
