/** Deliveries: the last ones, newest first: who sent what, what became of it, and why. */
import { useDrawer } from "~/app/drawer";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Shape } from "~/kit/State";
import { Ago } from "~/kit/time";
import { plural } from "~/kit/units";
import { type Delivery, outcomeOf, senderOf, toldBy, type Webhook } from "./model";
import classes from "./webhook.module.css";

export function Deliveries({ webhook }: { webhook: Webhook }): React.ReactNode {
  const { deliveries, refused, refused_at } = webhook;
  return (
    <Panel title="Deliveries" note="the last 50, newest first">
      {refused > 0 && (
        <p className={classes.refused}>
          <Shape tone="warn" />
          <span>
            {plural(refused, "request")} with a wrong secret since core started, the last{" "}
            <Ago at={refused_at} suffix=" ago" />
          </span>
        </p>
      )}
      {deliveries.length === 0 && (
        <Notice
          title="Nothing came yet"
          text="Once a service sends its first push, or its test, it is listed here with what became of it."
        />
      )}
      <ol>
        {deliveries.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} />
        ))}
      </ol>
    </Panel>
  );
}

function Row({ delivery }: { delivery: Delivery }): React.ReactNode {
  const { open } = useDrawer();
  const { tone, word } = outcomeOf(delivery);
  return (
    <li className={classes.row} data-outcome={delivery.outcome}>
      <Shape tone={tone} />
      <span className={classes.outcome}>{word}</span>
      <span className={classes.what}>
        <span className="strong">{senderOf(delivery)}</span>{" "}
        <bdi className="muted" title={toldBy(delivery)}>
          {toldBy(delivery)}
        </bdi>
        {delivery.commit && <span className="mono faint small"> {delivery.commit.slice(0, 10)}</span>}
      </span>
      <bdi className={classes.why} title={delivery.reason || undefined}>
        {delivery.reason}
      </bdi>
      <span className={classes.run}>
        {delivery.activity && (
          <button type="button" className="link" onClick={() => open(delivery.activity)}>
            {delivery.outcome === "nothing_new" ? "That run" : "The run"}
          </button>
        )}
      </span>
      <span className={classes.when}>
        <Ago at={delivery.at} suffix=" ago" />
      </span>
    </li>
  );
}
