/** The drawer's place in the URL: `?activity=ID&line=12` or `?alert=ID` on any page, so that what is open can be shared. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export interface DrawerSearch {
  activity?: string;
  line?: number;
  alert?: string;
}

export interface Drawer {
  activity: string | undefined;
  line: number | undefined;
  /** Shown where there is no activity: that may be what the alert is about. */
  alert: string | undefined;
  open(activity: string, line?: number): void;
  openAlert(alert: string): void;
  close(): void;
}

/** Reads `?activity=`, `?line=` and `?alert=` of a location; anything else there is left alone. */
function drawerSearch(raw: Record<string, unknown>): DrawerSearch {
  const found: DrawerSearch = {};
  if (typeof raw.activity === "string" && raw.activity) found.activity = raw.activity;
  const line = Number(raw.line);
  if (Number.isInteger(line) && line > 0) found.line = line;
  if (typeof raw.alert === "string" && raw.alert && !found.activity) found.alert = raw.alert;
  return found;
}

/** An address's search with this in the drawer, and nothing else. */
export const drawerIn = (to: DrawerSearch) => (old: Record<string, unknown>) => ({
  ...old,
  activity: to.activity,
  line: to.line,
  alert: to.alert,
});

export function useDrawer(): Drawer {
  const { activity, line, alert } = useSearch({ strict: false, select: drawerSearch });
  const navigate = useNavigate();
  const set = useCallback(
    (to: DrawerSearch) => {
      // biome-ignore lint/suspicious/noExplicitAny: any route takes the drawer's search
      void navigate({ to: ".", search: drawerIn(to) as any });
    },
    [navigate],
  );
  return {
    activity,
    line,
    alert,
    open: useCallback((id, at) => set(at ? { activity: id, line: at } : { activity: id }), [set]),
    openAlert: useCallback((id) => set({ alert: id }), [set]),
    close: useCallback(() => set({}), [set]),
  };
}
