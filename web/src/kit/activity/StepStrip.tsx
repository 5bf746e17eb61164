/** StepStrip: what is being done to a thing, on its page: its steps lighting up, those to come included. */
import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { isOpen, useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import type { Lines } from "~/kit/output/lines";
import { useActivityOutput } from "~/kit/output/useActivityOutput";
import { Shape } from "~/kit/State";
import { Elapsed, took } from "~/kit/time";
import { IconAction } from "./IconAction";
import { movedSoFar } from "./layers";
import { type Segment, seconds, segments } from "./progress";
import { STEP_TONES, STEP_WORDS } from "./StepRow";
import classes from "./StepStrip.module.css";
import { activityStanding } from "./standing";
import { declared, meanwhile, stepTitle } from "./steps";
import { activityTitle } from "./title";
import { useActivity, useExpected } from "./useActivity";
import { useSeconds } from "./useSeconds";

/** Milliseconds a success stays to be seen. */
const LINGERS = 4000;

/** The oldest open one that has several steps; what came of it stays for a moment, a failure until it is put away. */
export function StepStrip({ open }: { open: readonly Activity[] }): React.ReactNode {
  const types = useTypes();
  const now = open.find((each) => (declared(types, each.operation)?.steps.length ?? 0) > 1);
  const [shown, setShown] = useState(now?.id);
  if (now && now.id !== shown) setShown(now.id);
  if (!shown) return null;
  return <Followed key={shown} id={shown} onClose={() => setShown(undefined)} />;
}

function Followed({ id, onClose }: { id: string; onClose(): void }): React.ReactNode {
  const { activity } = useActivity(id);
  const fine = activity?.state === "succeeded";
  useEffect(() => {
    if (!fine) return;
    const timer = setTimeout(onClose, LINGERS);
    return () => clearTimeout(timer);
  }, [fine, onClose]);
  return activity ? <Strip activity={activity} onClose={onClose} /> : null;
}

function Strip({ activity, onClose }: { activity: Activity; onClose(): void }): React.ReactNode {
  const types = useTypes();
  const drawer = useDrawer();
  const running = activity.state === "running";
  const parts = segments(activity, useExpected(activity), useSeconds(running));
  const feed = useActivityOutput(running && activity.steps.at(-1)?.name === "pull" ? activity.id : undefined);
  const { tone, word } = activityStanding(activity);
  const title = activityTitle(activity, types);
  const open = isOpen(activity);
  return (
    <section className={classes.strip} aria-label={`Steps of ${title}`} data-tone={tone}>
      <div className={classes.head}>
        <Shape tone={tone} size={14} />
        <span className="cut">
          <b>{title}</b> <span className="muted">{word.toLowerCase()}</span>{" "}
          <span className="faint small">{open ? meanwhile(activity, types) : activity.summary}</span>
        </span>
        <Button size="compact-xs" variant="default" onClick={() => drawer.open(activity.id)}>
          Details
        </Button>
        {!open && <IconAction label="Put away" icon={IconX} onClick={onClose} />}
      </div>
      <ol className={classes.steps}>
        {parts.map((part) => (
          <Step key={part.name} activity={activity} part={part} lines={feed.steps.get(part.name)} />
        ))}
      </ol>
      {!open && activity.error && (
        <p className={classes.why} dir="auto">
          {capital(activity.error)} {activity.hint && <span className="muted">Hint: {activity.hint}</span>}
        </p>
      )}
    </section>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function Step(props: { activity: Activity; part: Segment; lines: Lines | undefined }): React.ReactNode {
  const { activity, part, lines } = props;
  const { step, state } = part;
  const title = stepTitle(useTypes(), activity.operation, part.name);
  const said = state === "todo" && !isOpen(activity) ? "Not reached" : STEP_WORDS[state];
  return (
    <li className={classes.step} data-part={state}>
      <Shape tone={STEP_TONES[state]} size={12} />
      <span className="cut" title={title}>
        <span className="unseen">{said}: </span>
        {title}
      </span>
      <span className={classes.took}>
        {step && (state === "now" ? <Elapsed since={step.started} /> : took(seconds(step, 0)))}
      </span>
      {step?.exit_code !== null && step?.exit_code !== undefined && (
        <span className={classes.said}>exit code {step.exit_code}</span>
      )}
      {state === "now" && lines && <Moved lines={lines} />}
    </li>
  );
}

function Moved({ lines }: { lines: Lines }): React.ReactNode {
  useSyncExternalStore(lines.watch, () => lines.version);
  const said = movedSoFar(lines);
  return said ? <span className={`${classes.said} cut`}>{said}</span> : null;
}
