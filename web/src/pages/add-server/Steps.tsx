/** Steps: a numbered way from top to bottom; what is done keeps one line, what is to come waits in grey. */
import { IconCheck } from "@tabler/icons-react";
import classes from "./Steps.module.css";

export function Steps({ children }: { children: React.ReactNode }): React.ReactNode {
  return <ol className={classes.steps}>{children}</ol>;
}

export function Step(props: {
  number: number;
  title: string;
  at: "done" | "now" | "later";
  /** In the head: what came of it. */
  note?: React.ReactNode;
  children?: React.ReactNode;
}): React.ReactNode {
  const { number, title, at, note, children } = props;
  return (
    <li className={classes.step} data-at={at} aria-current={at === "now" ? "step" : undefined}>
      <span className={classes.mark} aria-hidden="true">
        {at === "done" ? <IconCheck size={14} stroke={2} /> : number}
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {at === "done" && <span className="unseen">(done)</span>}
          {note}
        </div>
        {children}
      </div>
    </li>
  );
}
