/** Setup: the address and the secret, what to fill in where for each service, and a test. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useAsked } from "~/api/asked";
import type { Resource } from "~/api/types";
import { CopyBox } from "~/kit/CopyBox";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { Segments } from "~/kit/Segments";
import type { Address, Webhook } from "./model";
import { SERVICES } from "./services";
import { useWebhook } from "./useWebhook";
import classes from "./webhook.module.css";

export function Setup(props: {
  resource: Resource;
  webhook: Webhook;
  told: Address | undefined;
  onMade(told: Address): void;
}): React.ReactNode {
  const { resource, webhook, told, onMade } = props;
  const path = `/builds/${resource.id}/webhook_url`;
  const { data: address, error } = useAsked<Address>(path, {}, ["build.webhook_renew", "build.webhook_on"]);
  const { busy, problem, send } = useWebhook(resource);
  const test = (
    <Button
      size="compact-sm"
      disabled={!webhook.on}
      loading={busy}
      onClick={() => void send("webhook_test", {})}
    >
      Send a test
    </Button>
  );
  return (
    <Panel title="Set it up" note="at the service that has the repository" end={test}>
      <div className={classes.setup}>
        <ProblemText problem={error ?? problem} />
        {address && <Line label="Address" text={address.url} note={address.note} />}
        <Secret resource={resource} told={told} onMade={onMade} />
        <Instructions />
      </div>
    </Panel>
  );
}

function Line({ label, text, note }: { label: string; text: string; note: string }): React.ReactNode {
  return (
    <div className={classes.line}>
      <span className="muted">{label}</span>
      <CopyBox label={`the webhook’s ${label.toLowerCase()}`} text={text} />
      {note && <span className={`${classes.note} small muted`}>{note}</span>}
    </div>
  );
}

function Secret(props: {
  resource: Resource;
  told: Address | undefined;
  onMade(told: Address): void;
}): React.ReactNode {
  const { resource, told, onMade } = props;
  const [sure, setSure] = useState(false);
  const { busy, problem, send } = useWebhook(resource);
  const renew = async () => {
    const fresh = await send<Address>("webhook_renew", {});
    if (fresh) onMade(fresh);
    setSure(false);
  };
  if (told?.secret) return <Line label="Secret" text={told.secret} note="It is shown only now: copy it." />;
  return (
    <div className={classes.line}>
      <span className="muted">Secret</span>
      <span className={classes.buttons}>
        <span className="muted">
          {sure ? "The old one counts no more then." : "It was shown when it was made."}
        </span>
        {sure && (
          <Button size="compact-sm" onClick={() => setSure(false)}>
            Keep it
          </Button>
        )}
        <Button size="compact-sm" loading={busy} onClick={() => (sure ? void renew() : setSure(true))}>
          {sure ? "Make a new secret" : "New secret"}
        </Button>
      </span>
      <ProblemText problem={problem} />
    </div>
  );
}

function Instructions(): React.ReactNode {
  const [chosen, choose] = useState("github");
  const service = SERVICES.find(({ id }) => id === chosen);
  return (
    <div className={classes.instructions}>
      <Segments
        label="Service"
        value={chosen}
        onChange={choose}
        data={SERVICES.map(({ id, label }) => ({ value: id, label }))}
      />
      {service && (
        <>
          <p className="muted">
            {service.where}
            {service.docs && (
              <>
                {" · "}
                <a className="link" href={service.docs} target="_blank" rel="noreferrer">
                  its documentation
                </a>
              </>
            )}
          </p>
          <dl className={classes.fields}>
            {service.fields.map(({ field, value }) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
