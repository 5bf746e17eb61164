/** Asked: the one dialog an action may open before it starts, or to show its answer. */
import { useSyncExternalStore } from "react";
import type { Resource } from "~/api/types";
import type { Offer } from "./offers";
import type { Params } from "./params";

export type Dialog =
  | {
      at: "asking";
      offer: Offer;
      resources: readonly Resource[];
      /** Throws `Problem`, which the dialog shows. */
      submit(params: Params): Promise<void>;
    }
  | { at: "answered"; title: string; answer: Record<string, unknown> };

let current: Dialog | undefined;
const watchers = new Set<() => void>();

export function openDialog(dialog: Dialog | undefined): void {
  current = dialog;
  for (const watcher of watchers) watcher();
}

export function useDialog(): Dialog | undefined {
  return useSyncExternalStore(watch, () => current);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
