/** Buttons: what can be done with all images, volumes or networks of a server, beside the search. */
import { Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

export function PruneButton({ onClick }: { onClick(): void }): React.ReactNode {
  return (
    <Button leftSection={<IconTrash size={14} stroke={1.5} aria-hidden="true" />} onClick={onClick}>
      Prune…
    </Button>
  );
}

export function NewButton({ what, onClick }: { what: string; onClick(): void }): React.ReactNode {
  return (
    <Button
      variant="filled"
      leftSection={<IconPlus size={14} stroke={1.5} aria-hidden="true" />}
      onClick={onClick}
    >
      New {what}
    </Button>
  );
}
