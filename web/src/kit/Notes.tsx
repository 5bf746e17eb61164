/** Notes: what core said of a change beside that it was made, such as what of it cannot work as things stand. */
import classes from "./Notes.module.css";

export function Notes({ notes }: { notes: readonly string[] }): React.ReactNode {
  return (
    <ul className={classes.notes} aria-label="Notes">
      {notes.map((note) => (
        <li key={note} dir="auto">
          {note}
        </li>
      ))}
    </ul>
  );
}
