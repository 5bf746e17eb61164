/** Alerts: what is wrong and goes on, what was, each with its story beside the list. */
import { Button } from "@mantine/core";
import { useRouterState, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useParam } from "~/app/param";
import { PageTitle } from "~/app/Where";
import { AlertTabs } from "~/kit/alert/AlertTabs";
import { type Alert, searchText, standingOf } from "~/kit/alert/alert";
import { useAlerts, waitingOf } from "~/kit/alert/useAlerts";
import { useMayAcknowledge } from "~/kit/alert/useMayAcknowledge";
import { GroupMenu } from "~/kit/list/GroupMenu";
import { List } from "~/kit/list/List";
import { usePaced } from "~/kit/list/usePaced";
import { usePhone } from "~/kit/list/usePhone";
import { viewSearch } from "~/kit/list/view";
import { Tally } from "~/kit/Tally";
import { Ago } from "~/kit/time";
import classes from "./Alerts.module.css";
import { batchOf } from "./batch";
import { HISTORY_COLUMNS, OPEN_COLUMNS } from "./columns";
import { askedOf, HISTORY_CHIPS, OPEN_CHIPS } from "./filters";
import { groupsBy, WAYS } from "./groups";
import { useHistory } from "./useHistory";

/** However much happens, the list is drawn a few times a second at most. */
const PACE = 150;
const MINUTE = 60_000;
const idOf = (alert: Alert): string => alert.id;

export function AlertsPage(): React.ReactNode {
  const [view] = useParam("view");
  const { list } = useAlerts();
  const waiting = useMemo(() => waitingOf(list), [list]);
  const history = view === "history";
  return (
    <>
      <PageTitle title="Alerts">
        <Tally
          counts={[
            { tone: "bad", count: waiting.critical, word: "critical" },
            { tone: "warn", count: waiting.warning, word: "warning" },
          ]}
        />
      </PageTitle>
      <AlertTabs current={history ? "history" : "open"} />
      {history ? <HistoryList /> : <OpenList />}
    </>
  );
}

function OpenList(): React.ReactNode {
  const alerts = usePaced(useAlerts(), PACE);
  const may = useMayAcknowledge();
  const href = useHref();
  const [by, group] = useParam("group");
  const grouped = groupsBy(by);
  const phone = usePhone();
  const batch = useCallback((chosen: readonly Alert[]) => batchOf(chosen.filter(may)), [may]);
  return (
    <List
      name="alerts"
      searchHint="What, where, rule…"
      items={alerts.list}
      idOf={idOf}
      columns={OPEN_COLUMNS}
      chips={OPEN_CHIPS}
      href={href}
      standing={standingOf}
      searchText={searchText}
      changed={alerts.changed}
      ready={alerts.ready}
      problem={alerts.problem}
      batch={batch}
      {...(grouped ? { groupBy: grouped } : {})}
      looks={
        alerts.list.length > 0 && (
          <GroupMenu title="Group" ways={WAYS} chosen={by} choose={group} phone={phone} />
        )
      }
      sort={{ column: "severity", down: false }}
      empty={{
        title: "Nothing is wrong",
        text: "Monitor watches servers, containers, builds and deploys by the rules beside this list; what is wrong appears here by itself.",
      }}
    />
  );
}

function HistoryList(): React.ReactNode {
  const search = useSearch({ strict: false, select: (raw) => viewSearch(raw as Record<string, unknown>) });
  const { q, f } = search;
  const minute = Math.floor(Date.now() / MINUTE) * MINUTE;
  const asked = useMemo(() => askedOf({ q, f }, minute), [q, f, minute]);
  const { known } = useAlerts();
  const history = useHistory(asked, known);
  const href = useHref();
  const oldest = history.list.at(-1)?.since;
  return (
    <>
      <List
        name="past alerts"
        searchHint="What, where, rule…"
        items={history.list}
        idOf={idOf}
        columns={HISTORY_COLUMNS}
        chips={HISTORY_CHIPS}
        href={href}
        standing={standingOf}
        searchText={searchText}
        ready={history.ready}
        problem={history.problem}
        retry={history.retry}
        sort={{ column: "since", down: true }}
        empty={{ title: "No alert has ended yet", text: "Alerts that are over stay here for 90 days." }}
      />
      {history.more && (
        <div className={classes.older}>
          <Button onClick={history.load} loading={history.loading}>
            Show older
          </Button>
          <span className="faint small">
            Shown back to <Ago at={oldest ?? null} suffix=" ago" />
          </span>
        </div>
      )}
    </>
  );
}

/** The same list with the alert beside it. */
function useHref(): (alert: Alert) => string {
  const said = useRouterState({ select: (state) => state.location.searchStr });
  return useCallback(
    (alert) => {
      const search = new URLSearchParams(said);
      search.delete("activity");
      search.delete("line");
      search.set("alert", alert.id);
      return `/alerts?${search}`;
    },
    [said],
  );
}
