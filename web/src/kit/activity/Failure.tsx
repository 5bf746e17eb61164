/** Failure: why an activity did not succeed, what may help, and all that was said, folded. */
import { useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { Shape } from "~/kit/State";
import classes from "./Failure.module.css";
import { activityStanding } from "./standing";
import { stepTitle } from "./steps";

/** More than this is folded. */
const SHORT = 280;

export function Failure({ activity }: { activity: Activity }): React.ReactNode {
  const types = useTypes();
  const { error, hint, steps } = activity;
  if (!error && !hint) return null;
  const failed = steps.find((step) => step.outcome === "failed");
  const line = error.split("\n", 1)[0] ?? "";
  const brief = line.length > SHORT ? `${line.slice(0, SHORT)}…` : line;
  const { tone } = activityStanding(activity);
  return (
    <div className={classes.failure} data-tone={tone}>
      <Shape tone={tone} size={14} />
      <div>
        <p className="strong" dir="auto">
          {capital(brief)}
        </p>
        {hint && <p dir="auto">{capital(hint)}</p>}
        {failed && (
          <p className="small muted">
            {stepTitle(types, activity.operation, failed.name)}
            {failed.exit_code !== null && ` · exit code ${failed.exit_code}`}
          </p>
        )}
        {brief !== error && (
          <details>
            <summary>All of it</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
            <pre dir="auto" tabIndex={0}>
              {error}
            </pre>
          </details>
        )}
      </div>
    </div>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
