/** Says that a draft from before a reload is back. */
import { Button } from "@mantine/core";
import { Ago } from "../time";
import type { KeptDraft } from "./kept";
import classes from "./Save.module.css";

export function Restored(props: {
  kept: KeptDraft;
  form: { discard(): void; forgetRestored(): void };
}): React.ReactNode {
  const { kept, form } = props;
  return (
    <p className={classes.note} role="status">
      <span className="grow">
        What you had not saved is back; it was typed{" "}
        <Ago at={new Date(kept.at).toISOString()} suffix=" ago" />.
        {kept.lostSecret && " Secrets are not kept: type them again."}
      </span>
      <Button
        onClick={() => {
          form.discard();
          form.forgetRestored();
        }}
      >
        Discard
      </Button>
      <Button variant="subtle" onClick={form.forgetRestored}>
        Go on
      </Button>
    </p>
  );
}
