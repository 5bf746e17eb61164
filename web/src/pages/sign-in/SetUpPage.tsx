/** Set up: the first admin, made with the one-time token that core printed when it started. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { ask, Problem } from "~/api/http";
import type { Welcome } from "~/api/types";
import { Frame } from "./Frame";
import { ProblemText } from "~/kit/ProblemText";

export function SetUpPage({ welcome, done }: { welcome: Welcome; done: () => void }): React.ReactNode {
  const [token, setToken] = useState("");
  const [name, setName] = useState("admin");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await ask("POST", "/setup", { body: { token: token.trim(), name, password } });
      done();
    } catch (failure) {
      if (failure instanceof Problem) setProblem(failure);
      else throw failure;
    } finally {
      setBusy(false);
    }
  };

  return (
    <Frame title="Set up Monitor">
      <p className="muted">
        Core printed a one-time token when it started; it is good for one hour. To make another, run this on
        core’s host:
      </p>
      <code className="mono">monitor core user set-up-token</code>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Set-up token"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <TextInput
          label="Name of the first admin"
          autoComplete="username"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          description="At least 8 characters."
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={8}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <ProblemText problem={problem} />
        <Button type="submit" variant="filled" size="sm" loading={busy}>
          Make the first admin
        </Button>
      </form>
      <p className="faint tiny">Monitor {welcome.version}</p>
    </Frame>
  );
}
