/** AlertDrawer: one alert: how it stands, what to do, its figure around the time, its story, what was logged. */
import { DrawerBox } from "~/kit/DrawerBox";
import { DrawerLacking } from "~/kit/DrawerLacking";
import { plain, shown } from "~/kit/output/control";
import { AlertChart } from "./AlertChart";
import classes from "./AlertDrawer.module.css";
import { AlertFacts } from "./AlertFacts";
import { AlertFoot } from "./AlertFoot";
import { AlertHead } from "./AlertHead";
import { AlertStory } from "./AlertStory";
import { AlertTold } from "./AlertTold";
import { type Alert, saidOf } from "./alert";
import { useAlert } from "./useAlert";

export function AlertDrawer({ id, onClose }: { id: string; onClose(): void }): React.ReactNode {
  const { alert, ready, problem } = useAlert(id);
  return (
    <DrawerBox label={alert ? saidOf(alert) : "Alert"} onClose={onClose}>
      {alert ? (
        <Whole alert={alert} onClose={onClose} />
      ) : (
        <DrawerLacking
          what="alert"
          why="It may not be yours to see, it ended more than 90 days ago, or the address is wrong."
          ready={ready}
          problem={problem}
          onClose={onClose}
        />
      )}
    </DrawerBox>
  );
}

function Whole({ alert, onClose }: { alert: Alert; onClose(): void }): React.ReactNode {
  return (
    <>
      <AlertHead alert={alert} onClose={onClose} />
      {/* Stands at the foot; by keyboard what is to be done comes before all there is to read. */}
      <AlertFoot alert={alert} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
      <section className={classes.body} aria-label="About this alert" tabIndex={0}>
        <AlertFacts alert={alert} />
        <AlertChart alert={alert} />
        <AlertStory alert={alert} />
        <AlertTold alert={alert} />
        {alert.lines.length > 0 && (
          <section className={classes.part}>
            <h3>Last lines of its log</h3>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
            <pre className={classes.lines} tabIndex={0} dir="auto">
              {alert.lines.map((line) => plain(shown(line))).join("\n")}
            </pre>
          </section>
        )}
      </section>
    </>
  );
}
