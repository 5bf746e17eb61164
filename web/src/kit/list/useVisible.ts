/** useVisible: the columns chosen, else those shown by default, in the order they are declared. */
import { useMemo } from "react";
import { type Column, nameOf } from "./column";

export function useVisible<T>(
  columns: readonly Column<T>[],
  chosen: readonly string[] | undefined,
): readonly Column<T>[] {
  return useMemo(() => {
    const name = nameOf(columns);
    return columns.filter(
      (column) => column === name || (chosen ? chosen.includes(column.id) : !column.optional),
    );
  }, [columns, chosen]);
}
