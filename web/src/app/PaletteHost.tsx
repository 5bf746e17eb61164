/** Where the command palette lives: loaded when first opened, by key or by the top bar's field. */
import { lazy, Suspense, useEffect, useState } from "react";

const Palette = lazy(async () => ({ default: (await import("~/kit/palette/Palette")).Palette }));

const asked = new EventTarget();

/** Open the palette from anywhere. */
export function openPalette(): void {
  asked.dispatchEvent(new Event("open"));
}

export function PaletteHost(): React.ReactNode {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);

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

  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Palette opened={open} onClose={() => setOpen(false)} />
    </Suspense>
  );
}
