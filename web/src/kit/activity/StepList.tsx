/** StepList: the steps of a job lighting up, the one that matters open with what it prints, those to come below. */
import { useState } from "react";
import { isOpen, useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { useActivityOutput } from "~/kit/output/useActivityOutput";
import { leads } from "./batch";
import { focusOf, stepOf } from "./focus";
import { segments } from "./progress";
import classes from "./StepList.module.css";
import { StepRow } from "./StepRow";
import { turnWords } from "./turn";
import { useExpected, useFind, useServerName } from "./useActivity";
import { useSeconds } from "./useSeconds";
import { waitsFor } from "./waiting";

export function StepList({
  activity,
  line,
}: {
  activity: Activity;
  line: number | undefined;
}): React.ReactNode {
  const began = activity.steps.length > 0 || activity.started !== null;
  const jobless =
    !leads(activity) && activity.time_limit === 0 && activity.steps.length === 0 && !isOpen(activity);
  const feed = useActivityOutput(began && !jobless ? activity.id : undefined);
  const expected = useExpected(activity);
  const parts = segments(activity, expected, useSeconds(activity.state === "running"));
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const focus = stepOf(feed.steps, line) ?? focusOf(parts, feed.steps);
  const loose = feed.steps.has("") && !parts.some((part) => part.name === "");
  const shown = loose ? [{ name: "", state: "done" as const, step: undefined }, ...parts] : parts;
  return (
    <>
      {activity.state === "queued" && <Waiting activity={activity} />}
      {shown.length > 0 && (
        <ol className={classes.steps}>
          {shown.map((part) => (
            <StepRow
              key={part.name}
              activity={activity}
              part={part}
              lines={feed.steps.get(part.name)}
              feed={feed}
              open={folds.get(part.name) ?? part.name === focus}
              onFold={(open) => setFolds((old) => new Map(old).set(part.name, open))}
              line={line}
            />
          ))}
        </ol>
      )}
    </>
  );
}

function Waiting({ activity }: { activity: Activity }): React.ReactNode {
  const types = useTypes();
  const find = useFind();
  const place = turnWords(activity, useServerName());
  return (
    <p className={classes.waits}>
      {place && `${place}, waits`}
      {!place && "Waits"} for <b>{waitsFor(activity, types, find)}</b>
    </p>
  );
}
