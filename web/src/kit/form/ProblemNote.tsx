/** What core refused, where it belongs to no single control: what failed, why, what to do. */
import type { Problem } from "~/api/http";
import { Shape } from "../State";
import classes from "./Save.module.css";
import { sentence } from "./words";

export function ProblemNote({ problem }: { problem: Problem }): React.ReactNode {
  const { title, detail, hint } = problem.body;
  return (
    <div className={classes.problem} role="alert">
      <Shape tone="bad" />
      <span>
        <b>{sentence(title)}</b> {sentence(detail)}
        {hint && <span className="muted"> {sentence(hint)}</span>}
      </span>
    </div>
  );
}
