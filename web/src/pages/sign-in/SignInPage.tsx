/** Sign in by name and password. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { ask, Problem } from "~/api/http";
import type { Welcome } from "~/api/types";
import { Frame } from "./Frame";
import { ProblemText } from "~/kit/ProblemText";

export function SignInPage(props: {
  welcome: Welcome;
  /** Somebody was signed in on this page until now. */
  ended: boolean;
  done: () => void;
}): React.ReactNode {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await ask("POST", "/login", { body: { name, password } });
      props.done();
    } catch (failure) {
      if (failure instanceof Problem) setProblem(failure);
      else throw failure;
    } finally {
      setBusy(false);
    }
  };

  return (
    <Frame title="Sign in">
      {props.ended && !problem && <p className="muted">Your session has ended. Sign in again to go on.</p>}
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Name"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <ProblemText problem={problem} />
        <Button type="submit" variant="filled" size="sm" loading={busy}>
          Sign in
        </Button>
      </form>
      {props.welcome.insecure && (
        <p className="faint small">
          This page came over plain HTTP: passwords can be read on the way. Set up TLS, or use a trusted
          network.
        </p>
      )}
      <p className="faint tiny">Monitor {props.welcome.version}</p>
    </Frame>
  );
}
