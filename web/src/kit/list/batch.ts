/** Batch actions: what can be done with the chosen rows at once. */
import type { ReactNode } from "react";

export interface BatchAction {
  id: string;
  label: string;
  /** To how many of the chosen rows it applies; shown where that is not all of them. */
  count: number;
  /** Why it cannot be done now, where `count` is 0. */
  reason?: string | undefined;
  /** Destroys something: in the colour of trouble, behind a rule. */
  danger?: boolean;
  run?(): void;
  /** Asks for more before it acts (a tag); shown above the button. */
  panel?(close: () => void): ReactNode;
}
