/** useSelection: the chosen rows; those filtered out are not acted on, but still chosen when they come back. */
import { useCallback, useMemo, useState } from "react";
import { NOTHING, ranged, type Selection, toggled, toggledAll } from "./selection";

export interface SelectionHandle {
  /** Chosen and shown. */
  ids: ReadonlySet<string>;
  toggle(id: string): void;
  /** From the row last chosen to this one. */
  range(order: readonly string[], id: string): void;
  toggleAll(ids: readonly string[]): void;
  clear(): void;
}

export function useSelection(shown: ReadonlySet<string>): SelectionHandle {
  const [selection, set] = useState<Selection>(NOTHING);
  const ids = useMemo(
    () =>
      selection.ids.size === 0 ? selection.ids : new Set([...selection.ids].filter((id) => shown.has(id))),
    [selection, shown],
  );
  const toggle = useCallback((id: string) => set((old) => toggled(old, id)), []);
  const range = useCallback(
    (order: readonly string[], id: string) => set((old) => ranged(old, order, id)),
    [],
  );
  const toggleAll = useCallback((some: readonly string[]) => set((old) => toggledAll(old, some)), []);
  const clear = useCallback(() => set(NOTHING), []);
  return useMemo(() => ({ ids, toggle, range, toggleAll, clear }), [ids, toggle, range, toggleAll, clear]);
}
