/** Palette: go anywhere, run anything one may run; Ctrl or ⌘ K. */
import { Modal } from "@mantine/core";
import { usePhone } from "~/kit/list/usePhone";
import classes from "./Palette.module.css";
import { PaletteBody } from "./PaletteBody";

/** Where it stands on a screen that is not a phone's. */
const TOP = 104;

export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }): React.ReactNode {
  const phone = usePhone();
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      // The body does both, at once: what is typed right after Ctrl K is meant for its field.
      closeOnEscape={false}
      returnFocus={false}
      fullScreen={phone}
      size={720}
      yOffset={TOP}
      centered={false}
      transitionProps={{ duration: 0 }}
      zIndex={400}
      radius={phone ? 0 : 12}
      classNames={{ content: classes.palette ?? "" }}
    >
      <Modal.Overlay backgroundOpacity={1} color="var(--scrim)" />
      <Modal.Content aria-label="Search or run">
        <PaletteBody close={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}
