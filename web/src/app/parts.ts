/** Parts of the app are loaded when first needed; after an update of core those of an open page are gone. */

const KEY = "monitor.reloaded";
/** Soon after a reload a missing part is no old page any more, and loading again would not end. */
const SOON = 30_000;

export function reloadOnMissingParts(): void {
  addEventListener("vite:preloadError", (event) => {
    if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < SOON) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
