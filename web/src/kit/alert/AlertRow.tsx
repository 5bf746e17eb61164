/** AlertRow: an alert in one line, leading to all that is known of it beside the page. */
import { Link } from "@tanstack/react-router";
import { drawerIn } from "~/app/drawer";
import { State } from "~/kit/State";
import { Ago, span } from "~/kit/time";
import { type Alert, isOver, saidOf, secondsOf, standingOf, stateWord, subjectName } from "./alert";
import classes from "./alert.module.css";

export function AlertRow({ alert, own }: { alert: Alert; own: string }): React.ReactNode {
  const elsewhere = alert.subject.id !== own || subjectName(alert) !== alert.subject.name;
  return (
    <Link
      to="."
      search={drawerIn({ alert: alert.id }) as never}
      className={classes.row}
      resetScroll={false}
      data-row={alert.id}
    >
      <State {...standingOf(alert)} />
      <span className={classes.what}>
        <span className="cut strong" title={alert.message}>
          {saidOf(alert)}
        </span>
        {elsewhere && <span className="cut muted">{subjectName(alert)}</span>}
        {!isOver(alert) && alert.state !== "open" && <span className="cut faint">{said(alert)}</span>}
      </span>
      <span className={classes.age}>
        {isOver(alert) && <span className="faint">lasted {span(secondsOf(alert, 0))} · </span>}
        <Ago at={alert.resolved ?? alert.since} {...(isOver(alert) && { suffix: " ago" })} />
      </span>
    </Link>
  );
}

function said(alert: Alert): string {
  const word = stateWord(alert).toLowerCase();
  return alert.acknowledged_by ? `${word} by ${alert.acknowledged_by}` : word;
}
