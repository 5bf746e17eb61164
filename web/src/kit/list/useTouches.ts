/** useTouches: clicks, taps and long presses on rows, listened to once for all of them. */
import { useRef } from "react";

export interface RowActs {
  open(id: string): void;
  /** `range`: up to the row chosen before. */
  choose(id: string, range: boolean): void;
  fold(group: string): void;
  /** Rows can be chosen. */
  choosable: boolean;
  /** A tap chooses instead of opening. */
  choosing: boolean;
}

/** How long a finger rests on a row to choose it, and how far it may stray. */
const PRESS = 450;
const STRAY = 10;

export function useTouches(acts: RowActs): React.DOMAttributes<HTMLElement> {
  const latest = useRef(acts);
  latest.current = acts;
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  /** The click that ends a long press opens nothing. */
  const chosen = useRef(false);

  const lift = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onClick(event) {
      const { open, choose, fold, choosable, choosing } = latest.current;
      const target = event.target as HTMLElement;
      const row = rowOf(event);
      if (!row) return;
      const group = target.closest<HTMLElement>("[data-fold]");
      if (group) return fold(group.dataset.fold ?? "");
      if (target.matches("[data-check]")) return choose(row, event.shiftKey);
      const link = target.closest("[data-open]");
      if (!link && target.closest("a,button,input,label")) return;
      if (chosen.current || choosing) {
        event.preventDefault();
        if (!chosen.current) choose(row, event.shiftKey);
        chosen.current = false;
        return;
      }
      const marked = event.metaKey || event.ctrlKey || event.shiftKey;
      if (link && marked) return;
      if (choosable && marked) return choose(row, event.shiftKey);
      if (!link && getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      open(row);
    },
    onPointerDown(event) {
      chosen.current = false;
      const row = rowOf(event);
      if (event.pointerType === "mouse" || !row || !latest.current.choosable) return;
      const timer = setTimeout(() => {
        chosen.current = true;
        latest.current.choose(row, false);
      }, PRESS);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event) {
      const at = press.current;
      if (at && Math.hypot(event.clientX - at.x, event.clientY - at.y) > STRAY) lift();
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onContextMenu(event) {
      // The browser's own menu for a link held down would cover the row just chosen.
      if (press.current || chosen.current) event.preventDefault();
    },
  };
}

/** The row an event is about; not what floats above rows (a menu), whose events pass through here too. */
function rowOf(event: React.SyntheticEvent<HTMLElement>): string | undefined {
  const target = event.target as HTMLElement;
  if (!event.currentTarget.contains(target)) return undefined;
  return target.closest<HTMLElement>("[data-row]")?.dataset.row;
}
