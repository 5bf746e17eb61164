/** Remembered: activities started or put away in this browser, so that the tray still shows them after a reload. */
import { useSyncExternalStore } from "react";

const KEY = "monitor.tray";
const MOST = 12;
const NONE: readonly string[] = [];

let known: readonly string[] | undefined;
const watchers = new Set<() => void>();

/** Ids, the newest first. */
export function useRemembered(): readonly string[] {
  return useSyncExternalStore(watch, remembered);
}

export function remembered(): readonly string[] {
  known ??= read();
  return known;
}

/** Keep one in the tray. */
export function remember(id: string): void {
  keep([id, ...remembered().filter((each) => each !== id)].slice(0, MOST));
}

/** Empty the tray of what has ended. */
export function forget(ids: readonly string[]): void {
  keep(remembered().filter((each) => !ids.includes(each)));
}

function keep(ids: readonly string[]): void {
  known = ids;
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // A full or forbidden storage costs only what a reload would show.
  }
  for (const watcher of watchers) watcher();
}

function read(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string").slice(0, MOST) : NONE;
  } catch {
    return NONE;
  }
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
