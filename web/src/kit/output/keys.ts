/** Keys: what the keyboard does inside a viewer; page and arrow keys, Home and End are the browser's own. */
import type { KeyboardEvent } from "react";

export interface KeyActions {
  search(): void;
  /** Only while there is something to close. */
  close: (() => void) | undefined;
  step(by: 1 | -1): void;
  move(by: 1 | -1): void;
  choose(): void;
  follow(): void;
}

export function onKey(event: KeyboardEvent, actions: KeyActions): void {
  const act = actionOf(event, actions);
  if (!act) return;
  event.preventDefault();
  // The page has keys of its own: `/` there searches a list.
  event.stopPropagation();
  act();
}

function actionOf(event: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  const inField = event.target instanceof HTMLInputElement;
  if ((event.ctrlKey || event.metaKey) && event.key === "f") return actions.search;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "Escape") return actions.close;
  if (inField) return event.key === "Enter" ? () => actions.step(event.shiftKey ? -1 : 1) : undefined;
  if (event.target instanceof HTMLButtonElement) return undefined;
  switch (event.key) {
    case "/":
      return actions.search;
    case "j":
      return () => actions.move(1);
    case "k":
      return () => actions.move(-1);
    case "n":
      return () => actions.step(1);
    case "N":
      return () => actions.step(-1);
    case "Enter":
      return actions.choose;
    case "f":
      return actions.follow;
    default:
      return undefined;
  }
}
