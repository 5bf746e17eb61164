/** First run: connect this machine, find its containers there, deploy something; a checklist until done. */
import { CloseButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Panel } from "~/kit/Panel";
import { plural } from "~/kit/units";
import { Step, Steps } from "~/pages/add-server/Steps";
import { Connect } from "./Connect";
import { DeploySomething } from "./DeploySomething";
import classes from "./FirstRun.module.css";
import type { FirstSteps } from "./progress";
import { useFirstRun } from "./useFirstRun";

export function FirstRun(): React.ReactNode {
  const { steps, dismiss } = useFirstRun();
  if (!steps) return null;
  return (
    <Panel label="First steps" className={steps.alone ? `${classes.panel} ${classes.alone}` : classes.panel}>
      <div className={classes.head}>
        <div className="grow">
          <h2 className={classes.title}>{steps.alone ? "Welcome to Monitor" : "First steps"}</h2>
          <p className="muted">
            {steps.alone
              ? "Three steps to a running deployment. Each ticks itself as soon as it is true."
              : "Each ticks itself as soon as it is true."}
          </p>
        </div>
        <CloseButton aria-label="Put the first steps away" title="Put away" onClick={dismiss} />
      </div>
      <Steps>
        <ConnectStep steps={steps} />
        <ContainersStep steps={steps} />
        <DeployStep steps={steps} />
      </Steps>
    </Panel>
  );
}

function ConnectStep({ steps }: { steps: FirstSteps }): React.ReactNode {
  const { joined, waiting } = steps;
  if (!joined) {
    return (
      <Step number={1} title="Connect this machine" at="now">
        <Connect waiting={waiting} />
      </Step>
    );
  }
  return (
    <Step
      number={1}
      title={`${joined.name} has joined`}
      at="done"
      note={
        <Link className="link small" to="/servers/add">
          Add another server
        </Link>
      }
    />
  );
}

function ContainersStep({ steps: { joined, containers } }: { steps: FirstSteps }): React.ReactNode {
  if (containers === undefined) {
    return (
      <Step number={2} title="Find its containers here" at={joined ? "now" : "later"}>
        {joined && <p className="muted">Waiting for what its Docker tells.</p>}
      </Step>
    );
  }
  const title =
    containers === 0
      ? "No container runs there yet"
      : containers === 1
        ? "Your 1 container is already here"
        : `Your ${plural(containers, "container")} are already here`;
  return (
    <Step
      number={2}
      title={title}
      at="done"
      note={
        containers > 0 && (
          <Link className="link small" to="/containers">
            Look at them
          </Link>
        )
      }
    />
  );
}

function DeployStep({ steps }: { steps: FirstSteps }): React.ReactNode {
  const { joined, containers, deployed } = steps;
  const ready = joined !== undefined && containers !== undefined;
  return (
    <Step number={3} title="Deploy something" at={deployed ? "done" : ready ? "now" : "later"}>
      {ready && !deployed && <DeploySomething server={joined} />}
    </Step>
  );
}
