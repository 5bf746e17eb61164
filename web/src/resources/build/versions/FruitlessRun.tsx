/** FruitlessRun: a run that made no version, between those that did; a click shows its output. */
import { useDrawer } from "~/app/drawer";
import type { Run } from "~/kit/runs";
import { Shape, type Tone } from "~/kit/State";
import { Ago } from "~/kit/time";
import classes from "./versions.module.css";

const TONES: Record<Run["state"], Tone> = {
  succeeded: "ok",
  failed: "bad",
  cancelled: "off",
  interrupted: "warn",
};

export function FruitlessRun({ run }: { run: Run }): React.ReactNode {
  const { open } = useDrawer();
  return (
    <li>
      <button type="button" className={classes.run} onClick={() => open(run.activity)}>
        <Shape tone={TONES[run.state]} />
        <span className="strong">{run.state}</span>
        <bdi className="mono cut muted small" title={run.error}>
          {run.error}
        </bdi>
        <span className="faint small cut">
          <Ago at={run.ended} suffix=" ago" /> · {run.who.name}
        </span>
      </button>
    </li>
  );
}
