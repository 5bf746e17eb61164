/** Dialog: remove a person; his grants, sessions and keys go, what he did stays in the record. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { ask } from "~/api/http";
import type { User } from "~/api/types";
import { attempt } from "~/kit/attempt";
import { toast } from "~/kit/toast";

export function RemoveDialog(props: {
  user: User;
  onClose: () => void;
  onDone: () => void;
}): React.ReactNode {
  const { user, onClose, onDone } = props;
  const [typed, setTyped] = useState("");
  const remove = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!(await attempt(() => ask("DELETE", `/users/${user.id}`)))) return;
    toast.ok(`${user.name} was removed`);
    onDone();
  };
  return (
    <Modal opened onClose={onClose} title={`Remove ${user.name}`}>
      <form className="stack" onSubmit={(event) => void remove(event)}>
        <p>
          Grants, sessions and keys of {user.name} go and do not come back. What {user.name} did stays in the
          record. To keep the grants, disable the account instead.
        </p>
        <TextInput
          label={`Type ${user.name} to remove`}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className="row">
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" color="red" disabled={typed !== user.name}>
            Remove
          </Button>
        </div>
      </form>
    </Modal>
  );
}
