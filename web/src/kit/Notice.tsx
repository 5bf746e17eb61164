/** Notice: a place that has nothing to show says why and what to do: empty, missing, forbidden or broken. */
import classes from "./Notice.module.css";
import { Shape, type Tone } from "./State";

export function Notice(props: {
  title: string;
  text?: React.ReactNode;
  action?: React.ReactNode;
  tone?: Tone;
  /** What a machine said, folded. */
  raw?: string | undefined;
}): React.ReactNode {
  return (
    <div className={classes.notice} role={props.tone === "bad" ? "alert" : undefined}>
      <p className={classes.title}>
        {props.tone && <Shape tone={props.tone} />} {props.title}
      </p>
      {props.text && <div className="muted">{props.text}</div>}
      {props.action}
      {props.raw && (
        <details className={classes.raw}>
          <summary>Details</summary>
          <pre className="mono">{props.raw}</pre>
        </details>
      )}
    </div>
  );
}
