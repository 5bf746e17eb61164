/** MoreRow: the last row of a list that is cut short: shows the rest, and hides it again. */
import classes from "./MoreRow.module.css";

export function MoreRow(props: { more: number; all: boolean; show(all: boolean): void }): React.ReactNode {
  const { more, all, show } = props;
  if (more <= 0) return null;
  return (
    <button type="button" className={classes.more} onClick={() => show(!all)}>
      {all ? "Fewer" : `${more} more`}
    </button>
  );
}
