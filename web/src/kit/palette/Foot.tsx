/** Foot: which keys do what on the line that is marked, and how much of what was found is shown. */
import type { Line, Shown } from "./lines";
import classes from "./Palette.module.css";

export function Foot(props: { current: Line | undefined; shown: Shown; scoped: boolean }): React.ReactNode {
  const { current, shown, scoped } = props;
  const entry = current && "entry" in current ? current.entry : undefined;
  const runs = entry !== undefined && entry.to === undefined && entry.activity === undefined;
  return (
    <footer className={classes.foot}>
      <span className={classes.keys}>
        <kbd>↑</kbd>
        <kbd>↓</kbd>move
      </span>
      <span className={classes.keys}>
        <kbd>↵</kbd>
        {runs ? "run" : "open"}
      </span>
      {scoped ? (
        <span className={classes.keys}>
          <kbd>Esc</kbd>back
        </span>
      ) : (
        entry?.target &&
        !entry.operation && (
          <span className={classes.keys}>
            <kbd>Tab</kbd>actions on it
          </span>
        )
      )}
      <span className="grow" />
      <span className="faint" role="status">
        {shown.count} of {shown.total}
        <span className="unseen"> shown</span>
      </span>
      {!scoped && (
        <span className={`${classes.keys} faint`}>
          · <kbd>&gt;</kbd>actions only
        </span>
      )}
    </footer>
  );
}
