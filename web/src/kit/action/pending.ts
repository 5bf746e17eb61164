/** Pending: what was clicked and not answered yet, so that every button for it is busy at once. */
import { useSyncExternalStore } from "react";

const pending = new Set<string>();
const watchers = new Set<() => void>();

export function usePending(resource: string, operation: string): boolean {
  return useSyncExternalStore(watch, () => pending.has(`${resource} ${operation}`));
}

/** Counts as pending until the work is through; a second click meanwhile does nothing. */
export async function whilePending<R>(
  resource: string,
  operation: string,
  work: () => Promise<R>,
): Promise<R | undefined> {
  const key = `${resource} ${operation}`;
  if (pending.has(key)) return undefined;
  pending.add(key);
  tell();
  try {
    return await work();
  } finally {
    pending.delete(key);
    tell();
  }
}

function tell(): void {
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
