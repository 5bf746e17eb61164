/** Ink: the theme's colours as a canvas takes them, read anew when the theme changes. */

export interface Ink {
  font: string;
  surface: string;
  grid: string;
  label: string;
  first: string;
  firstArea: string;
  firstBand: string;
  second: string;
  secondArea: string;
  secondBand: string;
  secondDot: string;
  mark: string;
  markLine: string;
  warn: string;
  warnArea: string;
  bad: string;
  badArea: string;
}

export function readInk(place: Element): Ink {
  const style = getComputedStyle(place);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    font: style.fontFamily,
    surface: token("--surface"),
    grid: token("--line"),
    label: token("--text-3"),
    first: token("--accent"),
    firstArea: sheer(token("--accent"), 0.13),
    firstBand: sheer(token("--accent"), 0.24),
    second: token("--text-3"),
    secondArea: sheer(token("--text-3"), 0.1),
    secondBand: sheer(token("--text-3"), 0.2),
    secondDot: token("--text-2"),
    mark: token("--text-2"),
    markLine: token("--line-2"),
    warn: token("--warn"),
    warnArea: sheer(token("--warn"), 0.14),
    bad: token("--bad"),
    badArea: sheer(token("--bad"), 0.16),
  };
}

/** A hex colour, partly see-through. */
export function sheer(hex: string, share: number): string {
  const alpha = Math.round(share * 255);
  return `${hex}${alpha.toString(16).padStart(2, "0")}`;
}

const told = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Told after the colour scheme of the page has changed. */
export function watchScheme(changed: () => void): () => void {
  told.add(changed);
  if (!observer) {
    observer = new MutationObserver(() => {
      for (const each of told) each();
    });
    observer.observe(document.documentElement, { attributeFilter: ["data-mantine-color-scheme"] });
  }
  return () => {
    told.delete(changed);
    if (told.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
