/** Nothing: what stands where there is no line: nothing yet, nothing at all, or why not. */
import type { ProblemBody } from "~/api/types";
import { Shape } from "~/kit/State";
import type { OutputState } from "./feed";
import classes from "./Output.module.css";

export function Nothing(props: { state: OutputState; problem: ProblemBody | undefined }): React.ReactNode {
  const { state, problem } = props;
  if (state === "broken") {
    return (
      <div className={classes.nothing} role="alert">
        <Shape tone="bad" />
        <p>
          <span className="strong">{problem?.detail || problem?.title || "The output cannot be read"}</span>
          {problem?.hint && <span className="muted">{problem.hint}</span>}
        </p>
      </div>
    );
  }
  return (
    <div className={classes.nothing}>
      <p className="faint">{state === "open" ? "Nothing printed yet" : "It printed nothing"}</p>
    </div>
  );
}
