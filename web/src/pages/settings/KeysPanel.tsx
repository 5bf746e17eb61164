/** API keys: made for programs and the command line, shown once, worthless the moment they are removed. */
import { Button, CopyButton, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAsked, useUsers } from "~/api/asked";
import { useMe } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Key, Schemas } from "~/api/types";
import { attempt } from "~/kit/attempt";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { Ago, exact } from "~/kit/time";
import classes from "./SettingsPage.module.css";

const CHANGE = ["key.", "user."];

export function KeysPanel(): React.ReactNode {
  const me = useMe();
  const { data = [], isSuccess } = useAsked<Key[]>("/keys", {}, CHANGE);
  const [made, setMade] = useState<Schemas["NewKey"]>();
  return (
    <Panel
      title="API keys"
      note={me.user.admin ? "everybody’s, since you are admin" : "a key can do what you can"}
    >
      <NewKeyForm onMade={setMade} />
      {made && (
        <div className={classes.secret} role="status">
          <p>
            The key <b>{made.key.name}</b>. This is the only time it is shown: keep it now.
          </p>
          <code>{made.secret}</code>
          <div className="row">
            <CopyButton value={made.secret}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>}
            </CopyButton>
            <Button onClick={() => setMade(undefined)}>I have it</Button>
          </div>
        </div>
      )}
      {isSuccess && data.length === 0 && (
        <Notice
          title="No key yet"
          text={
            <>
              Programs send a key as <code>Authorization: Bearer …</code>
            </>
          }
        />
      )}
      <ul>
        {data.map((key) => (
          <KeyRow key={key.id} item={key} others={me.user.admin && key.user !== me.user.id} />
        ))}
      </ul>
    </Panel>
  );
}

function NewKeyForm({ onMade }: { onMade: (made: Schemas["NewKey"]) => void }): React.ReactNode {
  const [name, setName] = useState("");
  const [days, setDays] = useState<number | string>(90);
  const [problem, setProblem] = useState<Problem>();
  const make = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    try {
      onMade(await ask<Schemas["NewKey"]>("POST", "/keys", { body: { name, days: Number(days) } }));
      setName("");
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setProblem(failure);
    }
  };
  return (
    <form className={classes.form} onSubmit={(event) => void make(event)}>
      <TextInput
        label="Name"
        placeholder="ci, backup script, …"
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        style={{ flex: "1 1 160px" }}
      />
      <NumberInput label="Days" min={1} max={3650} value={days} onChange={setDays} w={90} />
      <Button type="submit" variant="filled" size="sm">
        Make a key
      </Button>
      <ProblemText problem={problem} />
    </form>
  );
}

function KeyRow({ item, others }: { item: Key; others: boolean }): React.ReactNode {
  return (
    <li className={classes.key}>
      <span>
        <span className="strong cut">{item.name}</span>
        {others && <Owner id={item.user} />}
        <br />
        <span className="small muted" title={`until ${exact(item.expires)}`}>
          {item.last_used ? (
            <>
              used <Ago at={item.last_used} suffix=" ago" />
            </>
          ) : (
            "never used"
          )}{" "}
          · until {new Date(item.expires).toLocaleDateString(undefined, { dateStyle: "medium" })}
        </span>
      </span>
      <Button
        variant="subtle"
        color="gray"
        aria-label={`Remove the key ${item.name}`}
        onClick={() => void attempt(() => ask("DELETE", `/keys/${item.id}`))}
      >
        Remove
      </Button>
    </li>
  );
}

function Owner({ id }: { id: string }): React.ReactNode {
  const { data } = useUsers();
  return (
    <span className="muted"> of {data?.find((user) => user.id === id)?.name ?? "somebody removed"}</span>
  );
}
