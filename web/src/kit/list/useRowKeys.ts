/** useRowKeys: the keys of a list where its rows are links as they stand: each is a stop of the Tab key as well. */
import type { RefObject } from "react";
import { useKeys } from "./useKeys";

export function useRowKeys(root: RefObject<HTMLElement | null>): void {
  useKeys(root, (command) => {
    const rows = [...(root.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const here = rows.indexOf(document.activeElement as HTMLElement);
    const go = (index: number) => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
      row?.focus();
      return row !== undefined;
    };
    if (command.do === "move") return go(here < 0 && command.by < 0 ? rows.length - 1 : here + command.by);
    if (command.do === "edge" && here >= 0) return go(command.end === "first" ? 0 : rows.length - 1);
    return false;
  });
}
