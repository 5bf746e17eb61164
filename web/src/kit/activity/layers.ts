/** Layers: how far each layer of an image is that is pulled or pushed, from the lines the host prints about it. */

export interface Layer {
  id: string;
  /** Of the way it goes, and of a pull then of the unpacking: 0 to 1. */
  part: number;
  state: "moving" | "unpacking" | "done";
}

/** What layersOf looks at: lines by position, the oldest at `dropped`. */
export interface Printed {
  readonly dropped: number;
  readonly end: number;
  at(position: number): { readonly text: string } | undefined;
}

const ENDED = /^([\w.-]+): pu(?:lled|shed)(?:, |$)/;
const MOVING = /^(?:down|up)loaded [^:]+: (.+)$/;
/** Another name or another registry: all layers go there anew. */
const ANEW = /^push \S+$/;
const ONE = /^([\w.-]+) (unpacked )?(\d+) ?%$/;
/** So many lines back the newest word on what moves is looked for. */
const BACK = 50;

/** Those that have ended first, then those on their way, each in the order they came. */
export function layersOf(lines: Printed): Layer[] {
  const layers = new Map<string, Layer>();
  let moving = "";
  for (let at = lines.dropped; at < lines.end; at++) {
    const text = lines.at(at)?.text ?? "";
    if (ANEW.test(text)) {
      layers.clear();
      moving = "";
    }
    const ended = ENDED.exec(text)?.[1];
    if (ended) layers.set(ended, { id: ended, part: 1, state: "done" });
    else if (at >= lines.end - BACK) moving = MOVING.exec(text)?.[1] ?? moving;
  }
  for (const told of moving.split(", ")) {
    const [, id, unpacked, percent] = ONE.exec(told) ?? [];
    if (!id || layers.has(id)) continue;
    layers.set(id, {
      id,
      part: Math.min(1, Number(percent) / 100),
      state: unpacked ? "unpacking" : "moving",
    });
  }
  return [...layers.values()];
}

/** The newest line about the whole, without its layers: `downloaded 3.0 MB of 5.0 MB`. */
export function movedSoFar(lines: Printed): string {
  for (let at = lines.end - 1; at >= Math.max(lines.dropped, lines.end - BACK); at--) {
    const said = /^(?:down|up)loaded [^:]+/.exec(lines.at(at)?.text ?? "");
    if (said) return said[0];
  }
  return "";
}
