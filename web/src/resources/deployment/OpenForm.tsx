/** OpenForm: what to run in the new terminal, as whom and where; empty is the usual. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { ask } from "~/api/http";
import type { Activity, Resource } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import type { Open } from "~/kit/terminal/remembered";
import { wordsOf } from "~/kit/terminal/words";
import classes from "./TerminalTab.module.css";

export function OpenForm(props: { resource: Resource; onOpen(open: Open): void }): React.ReactNode {
  const [command, setCommand] = useState("");
  const [user, setUser] = useState("");
  const [workdir, setWorkdir] = useState("");
  const { busy, problem, wrong, onSubmit } = useSubmit(["command", "user", "workdir"], async () => {
    const body = { command: wordsOf(command), user, workdir };
    const path = `/deployments/${props.resource.id}/terminal`;
    const { id, created } = await ask<Activity>("POST", path, { body });
    props.onOpen({ id, since: created, again: false });
  });
  return (
    <form className={`stack ${classes.start}`} onSubmit={onSubmit}>
      <TextInput
        label="Command"
        description="A program in the container and its arguments. It stands in the record: put no secret here."
        placeholder="bash if it is there, else sh"
        value={command}
        error={wrong.command}
        onChange={(event) => setCommand(event.currentTarget.value)}
      />
      <TextInput
        label="User"
        placeholder="the container's own"
        value={user}
        error={wrong.user}
        onChange={(event) => setUser(event.currentTarget.value)}
      />
      <TextInput
        label="Folder"
        placeholder="the container's own"
        value={workdir}
        error={wrong.workdir}
        onChange={(event) => setWorkdir(event.currentTarget.value)}
      />
      <ProblemText problem={problem} />
      <div className="row">
        <Button type="submit" variant="filled" loading={busy}>
          Open terminal
        </Button>
        <span className="faint tiny">
          Recorded are who, when, how long and how it ended; not what is typed.
        </span>
      </div>
    </form>
  );
}
