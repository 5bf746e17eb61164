/** Where the command palette and the sheet of keys live: not part of the first screen, opened by key or button. */
import { lazy, Suspense, useEffect, useState } from "react";
import { onKeySheet, useGlobalKeys } from "~/kit/keys";
import { useVisits } from "~/kit/palette/useVisits";

const load = () => import("~/kit/palette/Palette");
const Palette = lazy(async () => ({ default: (await load()).Palette }));
const KeySheet = lazy(async () => ({ default: (await import("~/kit/KeySheet")).KeySheet }));
/** So long after the first screen, in ms, the palette is fetched: it has to be there when it is asked for. */
const LATER = 1500;

const asked = new EventTarget();

/** Open the palette from anywhere. */
export function openPalette(): void {
  asked.dispatchEvent(new Event("open"));
}

export function PaletteHost(): React.ReactNode {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const [keys, setKeys] = useState(false);
  useVisits();
  useGlobalKeys();

  useEffect(() => {
    const later = setTimeout(() => void load().catch(() => undefined), LATER);
    const ended = onKeySheet(() => setKeys(true));
    return () => {
      clearTimeout(later);
      ended();
    };
  }, []);

  useEffect(() => {
    const show = () => {
      setWanted(true);
      setOpen(true);
    };
    const key = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        show();
      }
    };
    asked.addEventListener("open", show);
    addEventListener("keydown", key);
    return () => {
      asked.removeEventListener("open", show);
      removeEventListener("keydown", key);
    };
  }, []);

  return (
    <Suspense fallback={null}>
      {wanted && <Palette opened={open} onClose={() => setOpen(false)} />}
      {keys && <KeySheet opened onClose={() => setKeys(false)} />}
    </Suspense>
  );
}
