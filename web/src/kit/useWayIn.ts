/** useWayIn: a key that leads into what stands beside the page, and back to where one was. */
import { type RefObject, useEffect, useRef } from "react";
import { WAY_IN } from "./keys";
import { useShortcut } from "./useShortcut";

/** Where it goes while the focus is in it, the focus goes back as well. */
export function useWayIn(box: RefObject<HTMLElement | null>): void {
  const from = useRef<Element>(null);
  const back = useRef(() => {});
  back.current = () => {
    const { current } = from;
    if (current instanceof HTMLElement && current.isConnected && current !== document.body)
      current.focus({ preventScroll: true });
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  useShortcut(WAY_IN, () => {
    if (box.current?.contains(document.activeElement)) return back.current();
    from.current = document.activeElement;
    box.current?.focus({ preventScroll: true });
  });
  useEffect(() => {
    const held = box.current;
    const note = (event: FocusEvent) => {
      const { relatedTarget } = event;
      if (relatedTarget instanceof Element && !held?.contains(relatedTarget)) from.current = relatedTarget;
    };
    held?.addEventListener("focusin", note);
    return () => {
      held?.removeEventListener("focusin", note);
      if (document.activeElement === document.body) back.current();
    };
  }, [box]);
}
