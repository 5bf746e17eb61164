/** Brings the control at a path into sight and puts the focus on it, as soon as it is in the page. */
import { idOf, topOf } from "./path";

const FOCUSABLE =
  "input:not([type=hidden]), textarea, select, button, a[href], [tabindex], [contenteditable=true]";
/** A folded editor or a virtual list needs some frames until the control is there. */
const FRAMES = 20;

export function focusControl(path: string, frames = FRAMES): void {
  const exact = document.getElementById(idOf(path));
  if (!exact && frames > 0) {
    requestAnimationFrame(() => focusControl(path, frames - 1));
    return;
  }
  const place = exact ?? document.querySelector(`[data-field="${CSS.escape(topOf(path))}"]`);
  if (!(place instanceof HTMLElement)) return;
  const target = place.matches(FOCUSABLE) ? place : (place.querySelector<HTMLElement>(FOCUSABLE) ?? place);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  target.focus({ preventScroll: true });
}
