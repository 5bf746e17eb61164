/** KeyBar: the keys a phone's keyboard has not got; Ctrl holds for the next one typed. */

import { KEYS } from "./keys";
import classes from "./Terminal.module.css";

export function KeyBar(props: {
  ctrl: boolean;
  onCtrl(): void;
  onKey(sends: string): void;
}): React.ReactNode {
  return (
    <div className={classes.keys} role="toolbar" aria-label="Keys">
      <button type="button" aria-pressed={props.ctrl} onPointerDown={keep} onClick={props.onCtrl}>
        Ctrl
      </button>
      {KEYS.map((key) => (
        <button
          type="button"
          key={key.name}
          aria-label={key.name}
          onPointerDown={keep}
          onClick={() => props.onKey(key.sends)}
        >
          {key.label}
        </button>
      ))}
    </div>
  );
}

/** The terminal keeps the focus, so that the keyboard stays. */
function keep(event: React.PointerEvent): void {
  event.preventDefault();
}
