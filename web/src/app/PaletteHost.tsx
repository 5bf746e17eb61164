/** Where the command palette and the sheet of keys live: not part of the first screen, opened by key or button. */
import { lazy, Suspense, useEffect, useState } from "react";
import { onKeySheet, useGlobalKeys } from "~/kit/keys";
import { useVisits } from "~/kit/palette/useVisits";

const KeySheet = lazy(async () => ({ default: (await import("~/kit/KeySheet")).KeySheet }));
const load = () => import("~/kit/palette/Palette");
/** So long after the first screen, in ms, the palette is fetched: it has to be there when it is asked for. */
const LATER = 1500;

const asked = new EventTarget();

/** Open the palette from anywhere. */
export function openPalette(): void {
  asked.dispatchEvent(new Event("open"));
}

export function PaletteHost(): React.ReactNode {
  const [open, setOpen] = useState(false);
  // Not `lazy`: that would wait a moment even for what is there, and lose what is typed meanwhile.
  const [view, setView] = useState<Awaited<ReturnType<typeof load>>>();
  const [keys, setKeys] = useState(false);
  useVisits();
  useGlobalKeys();

  useEffect(() => {
    const show = () => {
      setOpen(true);
      void load().then(setView);
    };
    const key = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        show();
      }
    };
    const later = setTimeout(() => void load().then(setView, () => undefined), LATER);
    const unasked = onKeySheet(() => setKeys(true));
    asked.addEventListener("open", show);
    addEventListener("keydown", key);
    return () => {
      clearTimeout(later);
      unasked();
      asked.removeEventListener("open", show);
      removeEventListener("keydown", key);
    };
  }, []);

  return (
    <>
      {view && <view.Palette opened={open} onClose={() => setOpen(false)} />}
      <Suspense fallback={null}>{keys && <KeySheet opened onClose={() => setKeys(false)} />}</Suspense>
    </>
  );
}
