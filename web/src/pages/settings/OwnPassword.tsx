/** Change one's own password, which takes the current one. */
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { ask, Problem } from "~/api/http";
import type { User } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { toast } from "~/kit/toast";

export function OwnPassword({ user }: { user: User }): React.ReactNode {
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    try {
      await ask("POST", `/users/${user.id}/password`, { body: { current, password } });
      toast.ok("Your password was changed; your other sessions have ended");
      setOpen(false);
      setCurrent("");
      setPassword("");
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setProblem(failure);
    }
  };
  if (!open) {
    return (
      <div>
        <Button onClick={() => setOpen(true)}>Change password…</Button>
      </div>
    );
  }
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
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
        <Button onClick={() => setOpen(false)}>Cancel</Button>
      </div>
    </form>
  );
}
