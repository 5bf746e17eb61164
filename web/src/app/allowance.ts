/** Notices, switched on or off: kept in this browser, for whoever is signed in here. */
import { useSyncExternalStore } from "react";

const KEY = "monitor.notices";
const told = new Set<() => void>();

export type Allowance = "on" | "off" | "refused" | "impossible";

/** As the browser and its user have it. */
export function allowance(): Allowance {
  if (typeof Notification === "undefined") return "impossible";
  if (Notification.permission === "denied") return "refused";
  return Notification.permission === "granted" && localStorage.getItem(KEY) === "on" ? "on" : "off";
}

export function useAllowance(): Allowance {
  return useSyncExternalStore((changed) => {
    told.add(changed);
    window.addEventListener("storage", changed);
    return () => {
      told.delete(changed);
      window.removeEventListener("storage", changed);
    };
  }, allowance);
}

/** The browser asks its user the first time. */
export async function switchNotices(on: boolean): Promise<void> {
  if (on && Notification.permission === "default") await Notification.requestPermission();
  if (on && Notification.permission === "granted") localStorage.setItem(KEY, "on");
  else localStorage.removeItem(KEY);
  for (const changed of told) changed();
}
