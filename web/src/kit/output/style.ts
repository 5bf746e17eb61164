/** Style: how a stretch of terminal text looks, as SGR sequences (ECMA-48, 8.3.117) leave it. */

/** 0–15 are the terminal's named colours; others stand as `r g b`. */
export type Colour = number | string;

export interface Style {
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
}

export const PLAIN: Style = {};

type Flag = "bold" | "dim" | "italic" | "underline" | "strike" | "inverse";

const ON: Record<number, Flag> = {
  1: "bold",
  2: "dim",
  3: "italic",
  4: "underline",
  7: "inverse",
  9: "strike",
  21: "underline",
};

const OFF: Record<number, readonly Flag[]> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["underline"],
  27: ["inverse"],
  29: ["strike"],
};

/** The style after one SGR sequence; `parameters` is what stands between `ESC [` and `m`. */
export function restyle(style: Style, parameters: string): Style {
  if (parameters === "" || parameters === "0") return PLAIN;
  const next: Mutable = { ...style };
  const queue = parameters.split(";");
  for (let at = 0; at < queue.length; at++) {
    const part = queue[at] ?? "";
    const [code = 0, ...sub] = part.split(":").map(Number);
    if (code === 38 || code === 48) {
      const own = sub.length > 0;
      const args = own ? sub : queue.slice(at + 1, at + 5).map(Number);
      const { colour, used } = extended(args, own);
      if (!own) at += used;
      if (colour !== undefined) next[code === 38 ? "fg" : "bg"] = colour;
    } else if (code === 4 && sub[0] === 0) {
      delete next.underline;
    } else {
      single(next, code);
    }
  }
  return next;
}

type Mutable = { -readonly [Key in keyof Style]: Style[Key] };

function single(next: Mutable, code: number): void {
  const on = ON[code];
  if (on) next[on] = true;
  else if (OFF[code]) for (const flag of OFF[code]) delete next[flag];
  else if (code === 0) for (const key of Object.keys(next) as (keyof Style)[]) delete next[key];
  else if (code >= 30 && code <= 37) next.fg = code - 30;
  else if (code >= 90 && code <= 97) next.fg = code - 82;
  else if (code >= 40 && code <= 47) next.bg = code - 40;
  else if (code >= 100 && code <= 107) next.bg = code - 92;
  else if (code === 39) delete next.fg;
  else if (code === 49) delete next.bg;
}

/** `5;n` or `2;r;g;b`; with colons a colour space may stand before r. */
function extended(args: number[], colons: boolean): { colour: Colour | undefined; used: number } {
  if (args[0] === 5) return { colour: indexed(args[1]), used: 2 };
  if (args[0] !== 2) return { colour: undefined, used: 0 };
  const rgb = colons && args.length > 4 ? args.slice(2, 5) : args.slice(1, 4);
  const fits = rgb.length === 3 && rgb.every((part) => part >= 0 && part <= 255);
  return { colour: fits ? rgb.join(" ") : undefined, used: 4 };
}

/** xterm's 256: 16 names, a cube of 6 × 6 × 6, 24 greys. */
function indexed(index: number | undefined): Colour | undefined {
  if (index === undefined || !(index >= 0 && index <= 255)) return undefined;
  if (index < 16) return index;
  if (index >= 232)
    return Array(3)
      .fill(8 + (index - 232) * 10)
      .join(" ");
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const at = index - 16;
  return [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map(level).join(" ");
}
