/** useKeys: a list listens to the keyboard wherever nobody types, so that it works without a click first. */
import { type RefObject, useEffect, useRef } from "react";
import { type Command, commandOf } from "./keys";

/** `act` answers whether it did something; if not, the key keeps its meaning. */
export function useKeys(root: RefObject<HTMLElement | null>, act: (command: Command) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.isComposing || !root.current) return;
      if (!(target instanceof HTMLElement) || typesIn(target) || isElsewhere(target)) return;
      const command = commandOf(event, isInRows(target, root.current));
      if (!command || (command.do === "open" && isControl(target))) return;
      if (event.key === " " && isControl(target)) return;
      if (latest.current(command)) event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [root]);
}

function typesIn(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Menus, dialogs and drawers have keys of their own. */
function isElsewhere(target: HTMLElement): boolean {
  return target.closest("[role=dialog],[role=menu],[role=listbox],[role=complementary],aside") !== null;
}

/** On a row, or on nothing in particular. */
function isInRows(target: HTMLElement, root: HTMLElement): boolean {
  return target.contains(root) || (root.contains(target) && target.closest("[data-row]") !== null);
}

function isControl(target: HTMLElement): boolean {
  return target.closest("a,button,input") !== null;
}
