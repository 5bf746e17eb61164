/** useFill: as high as what is left of the page below what stands above, so that only the rows scroll. */
import { type RefObject, useLayoutEffect } from "react";

const LEAST = 320;

export function useFill(ref: RefObject<HTMLElement | null>, on: boolean): void {
  useLayoutEffect(() => {
    const element = ref.current;
    const page = element && scrollerOf(element);
    if (!on || !element || !page) return;
    const measure = () => {
      const above = element.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop;
      const below = Number.parseFloat(getComputedStyle(page).paddingBottom) || 0;
      element.style.height = `${Math.max(LEAST, Math.floor(page.clientHeight - above - below))}px`;
    };
    const watch = new ResizeObserver(measure);
    watch.observe(page);
    for (const each of standingAbove(element, page)) watch.observe(each);
    measure();
    return () => {
      watch.disconnect();
      element.style.height = "";
    };
  }, [ref, on]);
}

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}

/** Whatever can push the element down when it grows. */
function standingAbove(element: HTMLElement, page: HTMLElement): Element[] {
  const found: Element[] = [];
  for (let at: Element = element; at !== page && at.parentElement; at = at.parentElement) {
    for (let one = at.previousElementSibling; one; one = one.previousElementSibling) found.push(one);
  }
  return found;
}
