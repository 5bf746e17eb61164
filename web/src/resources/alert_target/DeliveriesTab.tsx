/** Deliveries: what became of what was sent to a target, newest first, and a test of it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { ask, Problem } from "~/api/http";
import type { Resource, Schemas } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Shape } from "~/kit/State";
import { Ago } from "~/kit/time";
import { Until } from "~/kit/until";
import classes from "./target.module.css";
import { type DeliveryNote, endOf, type Target, waitingText } from "./words";

export function DeliveriesTab({ resource }: { resource: Resource }): React.ReactNode {
  const target = resource as unknown as Target;
  const { log } = target.info;
  const waits = waitingText(target.status);
  return (
    <div className="stack">
      {target.can.includes("alert_target.test") && <TestPanel target={target} />}
      <Panel title="Deliveries" note="the last 50">
        {waits && (
          <p className={classes.waits} role="status">
            <span>{waits}</span>
            {target.status.next && (
              <span className="muted">
                Next try <Until at={target.status.next} />
              </span>
            )}
          </p>
        )}
        {log.length === 0 && (
          <Notice
            title="Nothing was sent yet"
            text="Each message stands here: whether it arrived, or why not and when it is tried again."
          />
        )}
        <ol>
          {log.map((note) => (
            <Row key={note.id} note={note} />
          ))}
        </ol>
      </Panel>
    </div>
  );
}

function TestPanel({ target }: { target: Target }): React.ReactNode {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Schemas["Tested"]>();
  const test = async () => {
    setBusy(true);
    setSaid(undefined);
    try {
      setSaid(await ask<Schemas["Tested"]>("POST", `/alert_targets/${target.id}/test`));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setSaid({ delivered: false, error: failure.body.detail ?? failure.message, seconds: 0 });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel
      title="Test"
      end={
        <Button loading={busy} onClick={() => void test()}>
          Send a test message
        </Button>
      }
    >
      <div className={classes.test} role="status">
        {busy && <p className="muted">Sending to {target.status.service}; it may take up to 45 s.</p>}
        {!busy && !said && (
          <p className="muted">
            Sent at once, whatever the routes, quiet hours and maintenances say. The answer stands here.
          </p>
        )}
        {said?.delivered && (
          <p className={classes.answer}>
            <Shape tone="ok" /> Delivered to {target.status.service} in {said.seconds} s
            {said.error && <span className="muted"> · {said.error}</span>}
          </p>
        )}
        {said && !said.delivered && (
          <>
            <p className={classes.answer}>
              <Shape tone="bad" /> Not delivered
            </p>
            <p className={classes.error}>{said.error}</p>
          </>
        )}
      </div>
    </Panel>
  );
}

function Row({ note }: { note: DeliveryNote }): React.ReactNode {
  const { tone, word } = endOf(note);
  return (
    <li className={classes.row}>
      <Shape tone={tone} />
      <span className={classes.end}>{word}</span>
      <span className={classes.what}>
        <span className="cut" title={note.text} dir="auto">
          {note.text}
        </span>
        {(note.error || note.next) && (
          <span className={classes.why} dir="auto">
            {note.tries > 1 && `${note.tries} tries: `}
            {note.error}
            {note.next && (
              <>
                {" "}
                · again <Until at={note.next} />
              </>
            )}
          </span>
        )}
      </span>
      <span className={classes.age}>
        <Ago at={note.at} suffix=" ago" />
      </span>
    </li>
  );
}
