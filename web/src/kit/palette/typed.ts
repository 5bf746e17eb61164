/** Typed: what the palette's field holds, as what is asked. */

export interface Typed {
  /** Without the `>`. */
  query: string;
  actionsOnly: boolean;
}

export function typed(text: string): Typed {
  const actionsOnly = text.trimStart().startsWith(">");
  return { actionsOnly, query: actionsOnly ? text.trimStart().slice(1) : text };
}
