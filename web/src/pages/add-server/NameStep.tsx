/** NameStep: what the new server is called; or which of those that still wait it is. */
import { Button, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useMe, useServers } from "~/api/hooks";
import { Problem } from "~/api/http";
import { ProblemText } from "~/kit/ProblemText";
import type { ServerResource } from "~/resources/server/model";
import { createServer } from "./create";
import classes from "./NameStep.module.css";
import { nameProblem, waitingOf } from "./names";

export function NameStep({ done }: { done: (server: ServerResource) => void }): React.ReactNode {
  const { items, ready } = useServers();
  const { can } = useMe();
  const waiting = waitingOf(items.values());
  const may = can.includes("server.create");
  if (!may && waiting.length === 0) {
    return ready ? (
      <p className="muted">You may not add servers. Ask an admin for the right to create them.</p>
    ) : null;
  }
  return (
    <div className="stack">
      {may && <NewServer done={done} />}
      {waiting.length > 0 && (
        <div className={classes.waiting}>
          <span className="muted small">
            {may ? "Or go on with one that waits for its host:" : "Waiting for their hosts:"}
          </span>
          {waiting.map((server) => (
            <Button key={server.id} onClick={() => done(server)}>
              {server.name}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function NewServer({ done }: { done: (server: ServerResource) => void }): React.ReactNode {
  const { items } = useServers();
  const [name, setName] = useState("");
  const [tags, setTags] = useState<string[]>([]);
  const [description, setDescription] = useState("");
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const known = [...new Set([...items.values()].flatMap((server) => server.tags))].sort();
  const wrong = nameProblem(name, items.values());

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (wrong) return;
    setBusy(true);
    setProblem(undefined);
    try {
      done(await createServer(name, tags, description));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setProblem(failure);
      setBusy(false);
    }
  };

  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div className={classes.fields}>
        <TextInput
          label="Name"
          description="Lower-case letters, digits, dots and dashes."
          placeholder="web-8"
          autoFocus
          spellCheck={false}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => setLeft(name !== "")}
          error={left || name.length > 2 ? wrong : undefined}
        />
        <TagsInput
          label="Tags"
          description="Optional; lists are filtered by them."
          placeholder={tags.length === 0 ? "production" : ""}
          data={known}
          value={tags}
          onChange={setTags}
        />
      </div>
      <TextInput
        label="Description"
        placeholder="Optional"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <ProblemText problem={problem} />
      <Button type="submit" variant="filled" className={classes.go} loading={busy}>
        Make the join command
      </Button>
    </form>
  );
}
