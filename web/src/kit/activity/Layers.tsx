/** Layers: a pull or a push as it goes, a bar for each layer. */
import { useSyncExternalStore } from "react";
import type { Lines } from "~/kit/output/lines";
import classes from "./Layers.module.css";
import { layersOf } from "./layers";

const WORDS = { moving: "", unpacking: "unpacks ", done: "" };

export function Layers({ lines }: { lines: Lines }): React.ReactNode {
  useSyncExternalStore(lines.watch, () => lines.version);
  const layers = layersOf(lines);
  if (layers.length === 0) return null;
  return (
    <ul className={classes.layers} aria-label="Layers of the image">
      {layers.map(({ id, part, state }) => (
        <li key={id} className={classes.layer} data-state={state}>
          <span className="mono cut" title={id}>
            {id}
          </span>
          <span>{state === "done" ? "done" : `${WORDS[state]}${Math.round(part * 100)}%`}</span>
          <span className={classes.bar} aria-hidden="true">
            <i style={{ "--part": part } as React.CSSProperties} />
          </span>
        </li>
      ))}
    </ul>
  );
}
