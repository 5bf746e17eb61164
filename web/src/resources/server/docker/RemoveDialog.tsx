/** RemoveDialog: one thing of a server's Docker goes; what holds data has to be called by its name. */
import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import type { ServerResource } from "../model";
import classes from "./docker.module.css";
import type { Kind } from "./things";
import { useStart } from "./useStart";

export function RemoveDialog(props: {
  server: ServerResource;
  kind: Kind;
  /** What the API calls it by. */
  name: string;
  title: string;
  /** What goes with it, in a sentence. */
  text: string;
  /** It is gone for good: its name has to be typed. */
  typed?: string;
  /** Stopped containers that use it need not keep it. */
  forces?: boolean;
  onClose(): void;
}): React.ReactNode {
  const { server, kind, name, title, typed = "", forces = false, onClose } = props;
  const { start } = useStart(server);
  const [proof, setProof] = useState("");
  const [force, setForce] = useState(false);
  const form = useSubmit([], async () => {
    await start(`remove_${kind}`, { [kind]: name, ...(force && { force }) }, `Remove ${kind} ${title}`);
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={<bdi>{`Remove ${title}`}</bdi>}>
      <form className="stack" onSubmit={form.onSubmit}>
        <p>{props.text}</p>
        {forces && (
          <Checkbox
            label="Force"
            description="Also while stopped containers use it that no deployment keeps; they stay as they are."
            checked={force}
            onChange={(event) => setForce(event.currentTarget.checked)}
          />
        )}
        {typed && (
          <TextInput
            label={
              <>
                Type <code>{typed}</code> to go on
              </>
            }
            value={proof}
            onChange={(event) => setProof(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        {form.problem && <ProblemText problem={form.problem} />}
        <div className={classes.ends}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            className={classes.danger}
            disabled={form.busy || proof.trim() !== typed}
            data-autofocus={!typed || undefined}
          >
            {form.busy ? "Remove…" : "Remove"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
