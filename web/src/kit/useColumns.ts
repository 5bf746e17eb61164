/** useColumns: in how many columns a heat map stands, so that no row is all but empty. */
import { type RefObject, useLayoutEffect, useState } from "react";
import { balanced } from "./heat";

/** Undefined until the place has a width. `least` and the gap are the sheet's. */
export function useColumns(
  place: RefObject<HTMLElement | null>,
  count: number,
  /** Another one is another `least`. */
  density: string,
): number | undefined {
  const [fit, setFit] = useState<number>();
  useLayoutEffect(() => {
    const box = place.current;
    if (!box) return;
    const measure = () => {
      const sheet = getComputedStyle(box);
      const least = Number.parseFloat(sheet.getPropertyValue("--least"));
      const gap = Number.parseFloat(sheet.columnGap);
      setFit(Math.floor((box.clientWidth + gap) / (least + gap)));
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(box);
    return () => sizes.disconnect();
  }, [place, density]);
  return fit ? balanced(count, fit) : undefined;
}
