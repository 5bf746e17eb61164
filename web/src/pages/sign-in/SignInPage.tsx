/** Sign in by name and password. */
import { Button, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { ask } from "~/api/http";
import type { Welcome } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import { Frame } from "./Frame";
import classes from "./Frame.module.css";
import { PasswordField } from "./PasswordField";

export function SignInPage(props: {
  welcome: Welcome;
  /** Somebody was signed in on this page until now. */
  ended: boolean;
  done: () => void;
}): React.ReactNode {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const send = async () => {
    await ask("POST", "/login", { body: { name: name.trim(), password } });
    props.done();
  };
  const { busy, problem, wrong, onSubmit } = useSubmit(["name", "password"], send, () =>
    field.current?.select(),
  );

  return (
    <Frame title="Sign in" welcome={props.welcome}>
      {props.ended && !problem && (
        <p className="muted" role="status">
          Your session has ended. Sign in again to go on where you were.
        </p>
      )}
      <form className={classes.form} onSubmit={onSubmit}>
        <TextInput
          label="Name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong.name}
        />
        <PasswordField
          ref={field}
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={wrong.password}
        />
        <ProblemText problem={problem} />
        <Button type="submit" variant="filled" size="sm" loading={busy}>
          Sign in
        </Button>
      </form>
    </Frame>
  );
}
