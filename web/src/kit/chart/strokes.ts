/** Strokes: lines that can be told apart without their colour: each has a pattern of its own. Pure. */

export interface Stroke {
  /** Lengths of dash and gap in turn, in pixels; none: a whole line. */
  dash: readonly number[];
  /** One of two inks, so that neighbours differ in that, too. */
  ink: "accent" | "text";
}

const STROKES: readonly Stroke[] = [
  { dash: [], ink: "accent" },
  { dash: [7, 4], ink: "text" },
  { dash: [2, 3], ink: "accent" },
  { dash: [10, 3, 2, 3], ink: "text" },
  { dash: [4, 2], ink: "accent" },
  { dash: [12, 3, 2, 3, 2, 3], ink: "text" },
];

export function strokeOf(index: number): Stroke {
  return STROKES[index % STROKES.length] as Stroke;
}
