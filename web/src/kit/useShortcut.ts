/** useShortcut: one key that does something while this is on screen, wherever nobody types. */
import { useEffect, useRef } from "react";
import { isFree } from "./keys";

/** `key` as the event has it: `A` is Shift and a. */
export function useShortcut(key: string, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== key || event.repeat || !isFree(event)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [key]);
}
