/** Change one's own password, which takes the current one. */
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { ask } from "~/api/http";
import type { User } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import { toast } from "~/kit/toast";

export function OwnPassword({ user }: { user: User }): React.ReactNode {
  const [open, setOpen] = useState(false);
  if (open) return <ChangePassword user={user} close={() => setOpen(false)} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>Change password…</Button>
    </div>
  );
}

function ChangePassword({ user, close }: { user: User; close: () => void }): React.ReactNode {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const { problem, onSubmit } = useSubmit([], async () => {
    await ask("POST", `/users/${user.id}/password`, { body: { current, password } });
    toast.ok("Your password was changed; your other sessions have ended");
    close();
  });
  return (
    <form className="stack" onSubmit={onSubmit}>
      <input type="text" autoComplete="username" value={user.name} readOnly hidden />
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        label="New password"
        description="At least 8 characters."
        autoComplete="new-password"
        minLength={8}
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <ProblemText problem={problem} />
      <div className="row">
        <Button type="submit" variant="filled">
          Change password
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
