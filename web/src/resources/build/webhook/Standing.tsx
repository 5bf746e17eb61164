/** Standing: whether the webhook is on and which pushes count; switched and changed here by who may write the build. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Resource } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { State } from "~/kit/State";
import { type Address, countsWhat, type Webhook } from "./model";
import { useWebhook } from "./useWebhook";
import classes from "./webhook.module.css";

/** Forms are large, and seldom opened here. */
const Filters = lazy(async () => ({ default: (await import("./Filters")).Filters }));

interface Props {
  resource: Resource;
  webhook: Webhook;
  writes: boolean;
  onMade(told: Address): void;
}

export function Standing(props: Props): React.ReactNode {
  const { webhook, writes } = props;
  const [editing, setEditing] = useState(false);
  if (!webhook.made) return <Never {...props} />;
  return (
    <Panel title="Webhook" end={<Switches {...props} edit={() => setEditing(true)} editing={editing} />}>
      <div className={classes.standing}>
        <State tone={webhook.on ? "ok" : "off"} word={webhook.on ? "On" : "Off"} />
        <span className="muted">
          {webhook.on ? countsWhat(webhook) : "No push is taken. Address and secret stay as they are."}
        </span>
      </div>
      {editing && writes && (
        <Suspense>
          <Filters {...props} close={() => setEditing(false)} />
        </Suspense>
      )}
    </Panel>
  );
}

function Never({ resource, webhook, writes, onMade }: Props): React.ReactNode {
  const { busy, problem, send } = useWebhook(resource);
  const switchOn = async () => {
    const told = await send<Address>("webhook_on", {});
    if (told) onMade(told);
  };
  return (
    <Panel title="Webhook">
      <Notice
        title="A push does not build yet"
        text={
          writes
            ? `Switched on, ${countsWhat(webhook).toLowerCase()} build it: the repository is asked for its newest commit, and that is built.`
            : "Who may write this build can have pushes build it."
        }
        action={
          writes && (
            <Button variant="filled" loading={busy} onClick={() => void switchOn()}>
              Switch on
            </Button>
          )
        }
      />
      <ProblemText problem={problem} />
    </Panel>
  );
}

function Switches(props: Props & { edit(): void; editing: boolean }): React.ReactNode {
  const { resource, webhook, writes, edit, editing } = props;
  const { busy, send } = useWebhook(resource);
  if (!writes) return null;
  return (
    <span className={classes.buttons}>
      {webhook.on && (
        <Button size="compact-sm" onClick={edit} disabled={editing}>
          Change what counts
        </Button>
      )}
      <Button
        size="compact-sm"
        loading={busy}
        onClick={() => void send(webhook.on ? "webhook_off" : "webhook_on", {})}
      >
        {webhook.on ? "Switch off" : "Switch on"}
      </Button>
    </span>
  );
}
