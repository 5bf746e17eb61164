/** What every control is given. */
import type { Field } from "../field";

export interface ControlProps<F extends Field = Field> {
  field: F;
  value: unknown;
  /** As core calls it: `config.ports[2].host`. */
  path: string;
  onChange(value: unknown): void;
  /** In a row of a list: named by itself, no room for more than one line. */
  label?: string | undefined;
}
