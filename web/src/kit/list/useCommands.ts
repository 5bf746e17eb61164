/** useCommands: what the keys do to a list. */
import type { RefObject } from "react";
import { HEAD, heightOf } from "./Body";
import type { Entry } from "./groups";
import type { Command } from "./keys";
import type { Cursor } from "./useCursor";
import { useKeys } from "./useKeys";
import type { SelectionHandle } from "./useSelection";

interface Parts<T> {
  root: RefObject<HTMLElement | null>;
  field: RefObject<HTMLInputElement | null>;
  scroller: RefObject<HTMLElement | null>;
  entries: readonly Entry<T>[];
  /** The ids of the rows, folded ones included. */
  order: readonly string[];
  cursor: Cursor;
  selection: SelectionHandle;
  choosable: boolean;
  open(id: string): void;
  fold(group: string): void;
  clear(): void;
}

export function useCommands<T extends object>(parts: Parts<T>): void {
  useKeys(parts.root, (command) => run(command, parts));
}

function run<T>(command: Command, parts: Parts<T>): boolean {
  const { cursor, selection, entries, order, choosable } = parts;
  const here = entries[cursor.index];
  switch (command.do) {
    case "move":
      return moved(parts, command.extend, () => cursor.move(command.by));
    case "edge":
      return moved(parts, command.extend, () => cursor.to(command.end === "first" ? 0 : entries.length - 1));
    case "page":
      return moved(parts, command.extend, () => cursor.move(command.by * pageOf(parts.scroller)));
    case "open":
      if (here?.kind === "group") parts.fold(here.group);
      else if (here) parts.open(here.id);
      return here !== undefined;
    case "fold":
    case "unfold":
      if (here?.kind !== "group" || here.folded === (command.do === "fold")) return false;
      parts.fold(here.group);
      return true;
    case "select":
      if (!choosable || !here) return false;
      if (here.kind === "group") selection.toggleAll(here.ids);
      else selection.toggle(here.id);
      return true;
    case "extend":
      if (!choosable || here?.kind !== "item") return false;
      selection.range(order, here.id);
      return true;
    case "all":
      if (!choosable) return false;
      selection.toggleAll(order);
      return true;
    case "clear":
      if (selection.ids.size === 0) return false;
      parts.clear();
      return true;
    case "search":
      parts.field.current?.focus();
      parts.field.current?.select();
      return parts.field.current !== null;
  }
}

/** Goes somewhere, choosing what lies between if `extend`. */
function moved<T>(parts: Parts<T>, extend: boolean, go: () => string | undefined): boolean {
  const { cursor, selection, order, choosable } = parts;
  const from = cursor.index < 0 ? undefined : cursor.id;
  const to = go();
  if (to === undefined) return false;
  if (extend && choosable) {
    if (from !== undefined && selection.ids.size === 0) selection.toggle(from);
    selection.range(order, to);
  }
  return true;
}

/** How many rows a page of the list has. */
function pageOf(scroller: RefObject<HTMLElement | null>): number {
  const row = scroller.current?.querySelector<HTMLElement>("[data-row]")?.offsetHeight ?? heightOf(false);
  return Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD) / row) - 1);
}
