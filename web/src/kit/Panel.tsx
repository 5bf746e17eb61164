/** Panel: a titled box; hairlines inside, never a box in a box. */
import classes from "./Panel.module.css";

export function Panel(props: {
  title?: React.ReactNode;
  /** Small words beside the title. */
  note?: React.ReactNode;
  /** At the far end of the head: a figure, a link, a switch. */
  end?: React.ReactNode;
  children?: React.ReactNode;
  /** Names the region for screen readers where the title is no text. */
  label?: string;
  className?: string | undefined;
}): React.ReactNode {
  const label = props.label ?? (typeof props.title === "string" ? props.title : undefined);
  return (
    <section className={`${classes.panel} ${props.className ?? ""}`} aria-label={label}>
      {props.title !== undefined && (
        <header className={classes.head}>
          <h2 className="strong">{props.title}</h2>
          {props.note && <span className="faint tiny cut">{props.note}</span>}
          <span className="grow" />
          {props.end}
        </header>
      )}
      {props.children}
    </section>
  );
}
