/** TroubleRow: one thing that is wrong: how, where, why; the evidence, its age, and what to do next. */
import { Button } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTypes } from "~/api/hooks";
import { drawerIn, useDrawer } from "~/app/drawer";
import { OfferButton } from "~/kit/action/OfferButton";
import { offerOf } from "~/kit/action/offers";
import { RunBars } from "~/kit/RunBars";
import { doing } from "~/kit/resource/standing";
import { Shape, State } from "~/kit/State";
import { Ago } from "~/kit/time";
import type { Known, Trouble, TroubleStep } from "~/resources/ui";
import classes from "./Problems.module.css";
import { isPast } from "./troubles";

/** Buttons in a row: what is done already or comes first, and one more way. */
const STEPS = 2;
/** Between the name and where it is; whatever else is said of a place speaks for itself. */
const BEFORE: Record<string, string> = { deployment: "on", build: "from" };

export const TroubleRow = memo(function TroubleRow(props: {
  trouble: Trouble;
  known: Known;
}): React.ReactNode {
  const { trouble, known } = props;
  const { tone, word, cause, verbatim, since } = trouble;
  return (
    <li className={classes.row} data-row={trouble.id}>
      <span className={classes.state}>
        <State tone={tone} word={word} />
      </span>
      <div className={classes.main}>
        <p className="cut">
          <Name trouble={trouble} />
          <Working known={known} />
          {trouble.alert?.acknowledgedBy && (
            <span className="muted"> · acknowledged by {trouble.alert.acknowledgedBy}</span>
          )}
        </p>
        <p className={`${classes.why} ${verbatim ? classes.verbatim : ""}`} title={cause} dir="auto">
          {cause}
        </p>
      </div>
      <span className={classes.evidence}>
        {trouble.evidence ??
          (isPast(trouble, known) && <RunBars runs={known.runs} what={trouble.resource.name} />)}
      </span>
      <span className={classes.age}>
        {trouble.alert && <AlertLink id={trouble.alert.id} name={`${word}: ${trouble.resource.name}`} />}
        {since && <Ago at={since} />}
      </span>
      <div className={classes.next}>
        <Steps trouble={trouble} known={known} />
      </div>
    </li>
  );
});

/** The alert beside the page. */
function AlertLink({ id, name }: { id: string; name: string }): React.ReactNode {
  return (
    <Link
      to="."
      search={drawerIn({ alert: id }) as never}
      className={classes.alert}
      aria-label={`Alert, ${name}`}
      title="Open the alert"
      resetScroll={false}
    >
      <IconBell size={14} stroke={1.5} aria-hidden="true" />
    </Link>
  );
}

function Name({ trouble }: { trouble: Trouble }): React.ReactNode {
  const { type, resource, where } = trouble;
  const plural = useTypes().find((each) => each.name === type)?.plural ?? `${type}s`;
  const before = BEFORE[type];
  return (
    <>
      <Link to={`/${plural}/${resource.name}`} className={classes.name}>
        {resource.name}
      </Link>
      {where && before && <span className="faint"> {before} </span>}
      {where && <span className={before === "on" ? undefined : "mono muted"}> {where}</span>}
    </>
  );
}

/** `· ana is deploying`: it is being worked on. */
function Working({ known }: { known: Known }): React.ReactNode {
  const activity = known.open.find((each) => each.state === "running") ?? known.open[0];
  if (!activity) return null;
  const who = activity.who.name || activity.who.kind;
  const what = doing(activity.operation).toLowerCase();
  return (
    <span className="muted">
      {" · "}
      {activity.state === "running" ? `${who} is ${what}` : `${what} by ${who} waits for its turn`}
    </span>
  );
}

function Steps({ trouble, known }: { trouble: Trouble; known: Known }): React.ReactNode {
  const offered = trouble.steps.filter(
    (step) => step.kind !== "run" || known.resource.can.includes(step.operation),
  );
  return offered.slice(0, STEPS).map((step) => <Step key={keyOf(step)} step={step} known={known} />);
}

function keyOf(step: TroubleStep): string {
  if (step.kind === "run") return step.operation;
  return step.kind === "open" ? step.to : step.activity;
}

function Step({ step, known }: { step: TroubleStep; known: Known }): React.ReactNode {
  const types = useTypes();
  const drawer = useDrawer();
  const { resource, open } = known;
  switch (step.kind) {
    case "open":
      return (
        <Button component={Link} to={step.to} aria-label={`${step.label}: ${resource.name}`}>
          {step.label}
        </Button>
      );
    case "watch": {
      const runs = open.some((activity) => activity.id === step.activity);
      const label = runs ? "Watch" : "Open output";
      return (
        <Button
          className={runs ? (classes.watch ?? "") : ""}
          leftSection={runs && <Shape tone="busy" />}
          aria-label={`${label}: ${resource.name}`}
          onClick={() => drawer.open(step.activity)}
        >
          {label}
        </Button>
      );
    }
    case "run": {
      const type = types.find((each) => step.operation.startsWith(`${each.name}.`));
      const offer = type && offerOf(type, step.operation, resource, open);
      return offer ? <OfferButton offer={offer} resource={resource} /> : null;
    }
  }
}
