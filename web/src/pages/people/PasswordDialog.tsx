/** Dialog: another password for a person; his other sessions end. */
import { Button, Modal, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { ask } from "~/api/http";
import type { User } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import { toast } from "~/kit/toast";

export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }): React.ReactNode {
  const [password, setPassword] = useState("");
  const { problem, onSubmit } = useSubmit([], async () => {
    await ask("POST", `/users/${user.id}/password`, { body: { password } });
    toast.ok(`${user.name} has a new password`);
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={`Password of ${user.name}`}>
      <form className="stack" onSubmit={onSubmit}>
        <PasswordInput
          label="New password"
          description="At least 8 characters. Other sessions of this person end."
          autoComplete="new-password"
          minLength={8}
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ProblemText problem={problem} />
        <div className="row">
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled">
            Set password
          </Button>
        </div>
      </form>
    </Modal>
  );
}
