/** JoinProgress: the lights of a joining, and what is in the way where one went red. */
import { Shape } from "~/kit/State";
import { Ago } from "~/kit/time";
import classes from "./JoinProgress.module.css";
import { type Join, joinSteps, waysOut } from "./join";

export function JoinProgress({ join }: { join: Join }): React.ReactNode {
  const steps = joinSteps(join);
  const current = steps.findLast((step) => step.tone !== "off")?.id;
  return (
    <div className="stack" aria-live="polite">
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.id} className={classes.step} data-state={step.tone}>
            <Shape tone={step.tone} size={14} />
            <span className={step.tone === "off" ? "faint" : ""}>{step.text}</span>
            {step.id === current && join.at && (
              <span className="faint small">
                <Ago at={join.at} suffix=" ago" />
              </span>
            )}
          </li>
        ))}
      </ol>
      {join.state === "failed" && (
        <div className={classes.failed}>
          <p className={classes.error} dir="auto">
            {join.error}
          </p>
          {join.hint && (
            <p className="muted" dir="auto">
              {join.hint}
            </p>
          )}
          {waysOut(join).length > 0 && (
            <ul className={classes.ways}>
              {waysOut(join).map((way) => (
                <li key={way}>{way}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
