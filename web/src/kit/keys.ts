/** Keys: what the keyboard does on every page: `?` shows all keys, `g` and a letter goes to a page. */
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** After `g`, how long the next letter counts, in ms. */
const PATIENCE = 1200;

/** Into what stands beside the page, and back. */
export const WAY_IN = "d";
/** Shift and a: acknowledge the alert that stands there. */
export const ACKNOWLEDGE = "A";

export const PAGES: Record<string, { to: string; label: string }> = {
  o: { to: "/", label: "Overview" },
  s: { to: "/servers", label: "Servers" },
  d: { to: "/deployments", label: "Deployments" },
  b: { to: "/builds", label: "Builds" },
  c: { to: "/containers", label: "Containers" },
  l: { to: "/alerts", label: "Alerts" },
  a: { to: "/activity", label: "Activity" },
  q: { to: "/queue", label: "Queue" },
};

const asked = new EventTarget();

/** Show the sheet of all keys, from anywhere. */
export function openKeySheet(): void {
  asked.dispatchEvent(new Event("sheet"));
}

/** Told when somebody asks for the sheet of keys. */
export function onKeySheet(told: () => void): () => void {
  asked.addEventListener("sheet", told);
  return () => asked.removeEventListener("sheet", told);
}

/** Once, in the shell. */
export function useGlobalKeys(): void {
  const router = useRouter();
  useEffect(() => {
    const sequence = new Sequence();
    const pressed = (event: KeyboardEvent) => {
      const done = isFree(event) ? sequence.take(event.key, event.timeStamp) : undefined;
      if (!done) return;
      // Before the lists hear of it, to which letters mean something too.
      event.preventDefault();
      event.stopPropagation();
      if (done === "sheet") openKeySheet();
      else if (done !== "wait") router.history.push(done.to);
    };
    addEventListener("keydown", pressed, { capture: true });
    return () => removeEventListener("keydown", pressed, { capture: true });
  }, [router]);
}

/** What a key means after those before it; undefined where it means nothing here. */
export class Sequence {
  private begun = Number.NEGATIVE_INFINITY;

  take(key: string, now: number): "sheet" | "wait" | { to: string } | undefined {
    const second = now - this.begun <= PATIENCE;
    this.begun = Number.NEGATIVE_INFINITY;
    if (second) return PAGES[key];
    if (key === "?") return "sheet";
    if (key !== "g") return undefined;
    this.begun = now;
    return "wait";
  }
}

/** Nobody types, nothing is held down, and no dialog or menu has the keyboard. */
export function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return false;
  const { target } = event;
  if (!(target instanceof Element)) return true;
  const typing = target.closest("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]");
  return (
    !typing && !target.closest("[role=dialog][aria-modal=true],[role=menu],[role=listbox],[role=combobox]")
  );
}
