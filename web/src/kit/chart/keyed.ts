/** Keyed: what a key does on a chart: move the cross-hair, zoom, move what is zoomed to, open what is marked. Pure. */
import type { Range } from "./ChartGroup";
import type { Shown } from "./plot";
import { beside, closer, wider } from "./zoom";

export type Done =
  | { do: "point"; at: number | null }
  | { do: "zoom"; range: Range | undefined }
  | { do: "open" };

/** The same for who hears it. */
export const KEYS_HINT =
  "Arrow keys move the cross-hair, plus and minus zoom, less-than and greater-than go earlier and later, Escape leads back.";

/** Steps across the whole chart with one key held down. */
const STEPS = 200;

interface Key {
  key: string;
  shiftKey: boolean;
}

/** Undefined where the key is none of a chart's. */
export function keyed(
  { key, shiftKey }: Key,
  { at, range }: Pick<Shown, "at" | "range">,
  index: number | null,
  zoomed: boolean,
  now: number,
): Done | undefined {
  const [from, to] = range;
  const span = to - from;
  const here = (index === null ? undefined : at[index]) ?? at.at(-1) ?? to;
  const seen = at.filter((time) => time >= from && time <= to);
  const step = (direction: 1 | -1): Done => {
    const least = (shiftKey ? 10 : 1) * (span / STEPS);
    const onward = seen.filter((time) => (time - here) * direction > 0);
    if (direction < 0) onward.reverse();
    const next = onward.find((time) => (time - here) * direction >= least) ?? onward.at(-1);
    return { do: "point", at: next ?? here };
  };
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return step(1);
    case "ArrowLeft":
    case "ArrowDown":
      return step(-1);
    case "Home":
      return { do: "point", at: seen[0] ?? here };
    case "End":
      return { do: "point", at: seen.at(-1) ?? here };
    case "+":
    case "=":
      return { do: "zoom", range: closer(range, Math.min(Math.max(here, from), to), now) };
    case "-":
      return { do: "zoom", range: wider(range, now) };
    case "<":
    case ",":
      return { do: "zoom", range: beside(range, -1, now) };
    case ">":
    case ".":
      return { do: "zoom", range: beside(range, 1, now) };
    case "Escape":
      return zoomed ? { do: "zoom", range: undefined } : { do: "point", at: null };
    case "Enter":
      return { do: "open" };
    default:
      return undefined;
  }
}
