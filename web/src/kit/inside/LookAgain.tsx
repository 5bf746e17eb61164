/** LookAgain: how old an answer is that does not come by itself, and a button for a newer one. */
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { Ago } from "~/kit/time";
import type { Looked } from "./useLook";

export function LookAgain({ looked }: { looked: Looked<unknown> }): React.ReactNode {
  return (
    <span className="row">
      {looked.answer !== undefined && (
        <span className="faint tiny">
          <Ago at={new Date(looked.at).toISOString()} suffix=" ago" />
        </span>
      )}
      <Button
        leftSection={<IconRefresh size={14} stroke={1.5} aria-hidden="true" />}
        loading={looked.busy}
        onClick={looked.again}
      >
        Look again
      </Button>
    </span>
  );
}
