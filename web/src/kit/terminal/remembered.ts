/** Remembered: which terminal this tab of the browser has open where, so that coming back finds it. */

export interface Open {
  /** Of the activity. */
  id: string;
  /** When it was opened. */
  since: string;
  /** This tab has been connected to it before: what it wrote then asks nothing any more. */
  again: boolean;
}

const key = (resource: string) => `monitor.terminal.${resource}`;

export function remembered(resource: string): Open | undefined {
  try {
    const found = JSON.parse(sessionStorage.getItem(key(resource)) ?? "null") as Open | null;
    return found && typeof found.id === "string" && typeof found.since === "string"
      ? { ...found, again: true }
      : undefined;
  } catch {
    return undefined;
  }
}

export function remember(resource: string, open: Open | undefined): void {
  if (open) sessionStorage.setItem(key(resource), JSON.stringify(open));
  else sessionStorage.removeItem(key(resource));
}
