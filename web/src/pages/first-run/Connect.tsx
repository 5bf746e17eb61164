/** Connect: this machine as the first server, with one command; the page notices by itself. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useServers } from "~/api/hooks";
import { Problem } from "~/api/http";
import { ProblemText } from "~/kit/ProblemText";
import { Command } from "~/pages/add-server/Command";
import { createServer } from "~/pages/add-server/create";
import { JoinProgress } from "~/pages/add-server/JoinProgress";
import { nameForHere, nameProblem } from "~/pages/add-server/names";
import { useJoin } from "~/pages/add-server/useJoin";
import type { ServerResource } from "~/resources/server/model";
import classes from "./FirstRun.module.css";

export function Connect({ waiting }: { waiting: ServerResource | undefined }): React.ReactNode {
  return waiting ? <Waiting key={waiting.id} server={waiting} /> : <Name />;
}

function Name(): React.ReactNode {
  const { items } = useServers();
  const [name, setName] = useState(() => nameForHere(location.hostname, items.values()));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const wrong = nameProblem(name, items.values());

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (wrong) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await createServer(name);
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setProblem(failure);
      setBusy(false);
    }
  };

  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <p className="muted">
        A server is a machine with Docker on which Monitor’s agent, the periphery, runs. Start with the one
        core runs on: you run one command there, and everything on it appears here.
      </p>
      <div className={classes.name}>
        <TextInput
          label="Call it"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong}
          spellCheck={false}
          autoComplete="off"
        />
        <Button type="submit" variant="filled" size="sm" loading={busy}>
          Make the join command
        </Button>
      </div>
      <ProblemText problem={problem} />
    </form>
  );
}

function Waiting({ server }: { server: ServerResource }): React.ReactNode {
  const joining = useJoin(server.id);
  return (
    <>
      {joining.token && (
        <p className="muted">
          Run this there, and <b className="strong">{server.name}</b> joins:
        </p>
      )}
      <Command server={server} joining={joining} />
      <JoinProgress join={joining.join} />
    </>
  );
}
