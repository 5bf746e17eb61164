/** Terminal: a shell in the container, for who may have one. */
import { useState } from "react";
import type { Deployment, Resource } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { State, type Tone } from "~/kit/State";
import type { Ended } from "~/kit/terminal/connection";
import { type Open, remember, remembered } from "~/kit/terminal/remembered";
import { TerminalView } from "~/kit/terminal/TerminalView";
import { OpenForm } from "./OpenForm";
import classes from "./TerminalTab.module.css";

export function TerminalTab({ resource }: { resource: Resource }): React.ReactNode {
  const [open, setOpen] = useState<Open | undefined>(() => remembered(resource.id));
  const [ended, setEnded] = useState<Ended>();
  const running = (resource as unknown as Deployment).status.state === "running";
  const begin = (opened: Open) => {
    remember(resource.id, opened);
    setEnded(undefined);
    setOpen(opened);
  };
  const finish = (how: Ended) => {
    remember(resource.id, undefined);
    setEnded(how);
    setOpen(undefined);
  };
  if (open) {
    return (
      <Panel label="Terminal" className={classes.panel}>
        <TerminalView key={open.id} open={open} name={resource.name} onEnd={finish} />
      </Panel>
    );
  }
  const blocked = resource.not_now?.["deployment.terminal"];
  return (
    <Panel title="Terminal" note="in the container; all that is started in it ends with it">
      {ended && <HowItEnded ended={ended} />}
      {running && !blocked ? (
        <OpenForm resource={resource} onOpen={begin} />
      ) : (
        <Notice
          title={`There is no terminal in ${resource.name} now`}
          text={`It needs a running container: ${blocked ?? "it does not run"}.`}
        />
      )}
    </Panel>
  );
}

/** Said by core where its person ended it himself. */
const OWN = "ended by its user";

function HowItEnded({ ended: { code, reason, hint } }: { ended: Ended }): React.ReactNode {
  const [tone, word]: [Tone, string] =
    code !== null
      ? [code === 0 ? "ok" : "warn", `It ended with exit code ${code}`]
      : reason === OWN
        ? ["off", "You ended it"]
        : ["warn", "It was closed"];
  return (
    <div className={classes.ended} role="status">
      <State tone={tone} word={word} />
      {reason !== OWN && <span className="muted">{[reason, hint].filter(Boolean).join(". ")}</span>}
    </div>
  );
}
