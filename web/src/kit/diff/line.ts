/** Line: one line of a config as a diff shows it. */

export interface Line {
  /** What the line says something about: lines with the same key are versions of each other. */
  key: string;
  /** The list or group it stands in; empty on the top level. */
  section: string;
  text: string;
  /** The line ends in a secret: one that is stored, or one just typed (which never stands in `text`). */
  secret?: "stored" | "typed";
}

export const sameLine = (a: Line, b: Line): boolean =>
  a.key === b.key &&
  a.text === b.text &&
  a.section === b.section &&
  a.secret === b.secret &&
  a.secret !== "typed";
