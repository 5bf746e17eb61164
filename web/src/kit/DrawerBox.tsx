/** DrawerBox: what a drawer is: a part beside the page where there is room, a dialog over it elsewhere. */
import { FocusTrap } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { DRAWER_DOCKS, DRAWER_FILLS } from "~/kit/activity/docks";
import classes from "./DrawerBox.module.css";
import { useWayIn } from "./useWayIn";

export function DrawerBox(props: {
  label: string;
  onClose(): void;
  children: React.ReactNode;
}): React.ReactNode {
  const { label, onClose } = props;
  const docks = useMediaQuery(DRAWER_DOCKS, true, { getInitialValueInEffect: false });
  const fills = useMediaQuery(DRAWER_FILLS, false, { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  useFocusOver(box, !docks);
  useWayIn(box);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  // Beside the page it is a part of it; over the page a dialog, and modal where it hides all else.
  const part = {
    "aria-label": label,
    ...(docks ? { role: "complementary" } : { role: "dialog", "aria-modal": fills }),
  };
  return (
    <FocusTrap active={fills} innerRef={box}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from anywhere inside */}
      <div ref={box} className={classes.drawer} {...part} tabIndex={-1} onKeyDown={onKeyDown}>
        {props.children}
      </div>
    </FocusTrap>
  );
}

/** A drawer over the page takes the focus when it opens and gives it back when it goes. */
function useFocusOver(box: React.RefObject<HTMLElement | null>, over: boolean): void {
  useEffect(() => {
    if (!over) return;
    const before = document.activeElement;
    box.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [box, over]);
}
