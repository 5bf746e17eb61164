/** Dialog: add a person. */
import { Button, Modal, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { ask } from "~/api/http";
import type { User } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";

export function AddPersonDialog(props: {
  onClose: () => void;
  onAdded: (user: User) => void;
}): React.ReactNode {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [admin, setAdmin] = useState(false);
  const { problem, onSubmit } = useSubmit([], async () => {
    props.onAdded(await ask<User>("POST", "/users", { body: { name, password, admin } }));
  });
  return (
    <Modal opened onClose={props.onClose} title="Add person">
      <form className="stack" onSubmit={onSubmit}>
        <TextInput
          label="Name"
          description="Lower-case letters, digits, and . _ - between them."
          autoComplete="off"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          description="At least 8 characters. Tell it to the person, who can change it in the settings."
          autoComplete="new-password"
          minLength={8}
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Switch
          checked={admin}
          onChange={(event) => setAdmin(event.currentTarget.checked)}
          label="Admin"
          description="May do everything. Everybody else sees nothing until something is granted."
        />
        <ProblemText problem={problem} />
        <div className="row">
          <span className="grow" />
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" variant="filled">
            Add person
          </Button>
        </div>
      </form>
    </Modal>
  );
}
