/** Frame: the quiet page around what is shown before somebody is signed in. */
import { Mark } from "~/app/Mark";
import classes from "./Frame.module.css";

export function Frame({ title, children }: { title: string; children: React.ReactNode }): React.ReactNode {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark />
          <span>Monitor</span>
        </div>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
