/** Set up: the first admin, made with the one-time token that core printed when it started. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { ask } from "~/api/http";
import type { Welcome } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import { Frame } from "./Frame";
import classes from "./Frame.module.css";
import { PasswordField } from "./PasswordField";

export function SetUpPage({ welcome, done }: { welcome: Welcome; done: () => void }): React.ReactNode {
  const [token, setToken] = useState("");
  const [name, setName] = useState("admin");
  const [password, setPassword] = useState("");
  const send = async () => {
    await ask("POST", "/setup", { body: { token: token.trim(), name: name.trim(), password } });
    done();
  };
  const { busy, problem, wrong, onSubmit } = useSubmit(["token", "name", "password"], send);

  return (
    <Frame title="Make the first admin" welcome={welcome}>
      <p className="muted">
        Core printed a set-up token when it started; it is good for one hour, once. To make another, run this
        on core’s machine:
      </p>
      <code className={classes.code}>
        sudo monitor core user set-up-token --config /etc/monitor/core.toml
      </code>
      <form className={classes.form} onSubmit={onSubmit}>
        <TextInput
          label="Set-up token"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          error={wrong.token}
        />
        <TextInput
          label="Your name"
          description="What the record calls you, and what you sign in with."
          descriptionProps={{ mt: 4 }}
          inputWrapperOrder={["label", "input", "description", "error"]}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong.name}
        />
        <PasswordField
          label="Password"
          rule="At least 8 characters; a few words are easiest to keep."
          autoComplete="new-password"
          minLength={8}
          value={password}
          onChange={setPassword}
          error={wrong.password}
        />
        <ProblemText problem={problem} />
        {problem?.status === 409 && (
          <button type="button" className="link" onClick={done}>
            Go to sign-in
          </button>
        )}
        <Button type="submit" variant="filled" size="sm" loading={busy}>
          Make the first admin
        </Button>
      </form>
    </Frame>
  );
}
