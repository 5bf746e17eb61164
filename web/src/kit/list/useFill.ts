/** useFill: as high as what is left of the page beside what stands above and below, so that only the rows scroll. */
import { type RefObject, useLayoutEffect } from "react";

const LEAST = 320;

export function useFill(ref: RefObject<HTMLElement | null>, on: boolean): void {
  useLayoutEffect(() => {
    const element = ref.current;
    const page = element && scrollerOf(element);
    if (!on || !element || !page) return;
    const measure = () => {
      const own = element.getBoundingClientRect();
      const above = own.top - page.getBoundingClientRect().top + page.scrollTop;
      const padding = Number.parseFloat(getComputedStyle(page).paddingBottom) || 0;
      const left = page.clientHeight - above - padding - heightBelow(element, page);
      element.style.height = `${Math.max(LEAST, Math.floor(left))}px`;
    };
    const sizes = new ResizeObserver(measure);
    const look = () => {
      sizes.disconnect();
      for (const each of [page, ...others(element, page)]) sizes.observe(each);
      measure();
    };
    // A bar that comes or goes above moves the list, too.
    const comings = new MutationObserver(look);
    for (const each of around(element, page)) comings.observe(each, { childList: true });
    look();
    return () => {
      sizes.disconnect();
      comings.disconnect();
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

/** What the element stands in, up to the page. */
function around(element: Element, page: Element): Element[] {
  const found: Element[] = [];
  for (let at = element.parentElement; at; at = at.parentElement) {
    found.push(at);
    if (at === page) break;
  }
  return found;
}

/** Whatever stands above or below and can grow. */
function others(element: Element, page: Element): Element[] {
  const within = [element, ...around(element, page)];
  return around(element, page).flatMap((each) =>
    [...each.children].filter((child) => !within.includes(child)),
  );
}

function heightBelow(element: Element, page: Element): number {
  let height = 0;
  for (let at = element; at !== page && at.parentElement; at = at.parentElement) {
    const last = at.parentElement.lastElementChild ?? at;
    height += Math.max(0, last.getBoundingClientRect().bottom - at.getBoundingClientRect().bottom);
  }
  return height;
}
