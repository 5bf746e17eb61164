/** One person: may he sign in, is he admin, and what he was given. */
import { Button, Switch } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useAsked } from "~/api/asked";
import { useMe, useTypes } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Grant, User } from "~/api/types";
import { Missing } from "~/app/Missing";
import { Where } from "~/app/Where";
import { attempt } from "~/kit/attempt";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { GrantDialog, type GrantDraft } from "~/kit/people/GrantDialog";
import { GrantRows } from "~/kit/people/GrantRows";
import { Ago } from "~/kit/time";
import { PasswordDialog } from "./PasswordDialog";
import classes from "./PersonPage.module.css";
import { RemoveDialog } from "./RemoveDialog";

const PERSON_CHANGES = ["user.", "session."];
const GRANTS_CHANGE = ["grant."];

export function PersonPage(): React.ReactNode {
  const { name = "" } = useParams({ strict: false });
  const { data: user, error } = useAsked<User>(`/users/${encodeURIComponent(name)}`, {}, PERSON_CHANGES);
  if (error)
    return error.status === 404 || error.status === 403 ? (
      <Missing what="person" />
    ) : (
      <Notice tone="bad" title="This person is not known" text={error.message} />
    );
  return user ? <Person user={user} /> : null;
}

function Person({ user }: { user: User }): React.ReactNode {
  const me = useMe();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<"password" | "remove">();
  const self = me.user.id === user.id;
  const change = (body: Partial<Pick<User, "admin" | "enabled">>) =>
    void attempt(() => ask("PATCH", `/users/${user.id}`, { body }));
  return (
    <>
      <Where title={user.name}>
        <Link to="/people">People</Link>
        <span className="faint">/</span>
        <b className="cut" style={{ color: "var(--text)" }}>
          {user.name}
        </b>
      </Where>
      <header className={classes.header}>
        <h1 className={classes.name}>{user.name}</h1>
        <span className="muted small">
          added <Ago at={user.created} suffix=" ago" /> · last seen{" "}
          {user.last_seen ? <Ago at={user.last_seen} suffix=" ago" /> : "never"}
        </span>
        <span className="grow" />
        <Button onClick={() => setAsking("password")}>Set password…</Button>
        {!self && (
          <Button color="red" variant="default" c="var(--bad)" onClick={() => setAsking("remove")}>
            Remove…
          </Button>
        )}
      </header>
      <div className="stack">
        <Panel title="Account">
          <div className={classes.switches}>
            <Switch
              checked={user.enabled}
              disabled={self}
              onChange={(event) => change({ enabled: event.currentTarget.checked })}
              label="May sign in"
              description={
                self
                  ? "You cannot disable yourself."
                  : "Turned off, sessions and keys end at once; what was granted stays."
              }
            />
            <Switch
              checked={user.admin}
              disabled={self}
              onChange={(event) => change({ admin: event.currentTarget.checked })}
              label="Admin"
              description={
                self ? "You cannot take this from yourself." : "May do everything, on every server."
              }
            />
          </div>
        </Panel>
        {user.admin ? (
          <Panel title="Granted">
            <Notice title="An admin may do everything" text="Grants matter once he is no admin any more." />
          </Panel>
        ) : (
          <Granted user={user} />
        )}
      </div>
      {asking === "password" && <PasswordDialog user={user} onClose={() => setAsking(undefined)} />}
      {asking === "remove" && (
        <RemoveDialog
          user={user}
          onClose={() => setAsking(undefined)}
          onDone={() => void navigate({ to: "/people" })}
        />
      )}
    </>
  );
}

function Granted({ user }: { user: User }): React.ReactNode {
  const types = useTypes();
  const { data = [], isSuccess } = useAsked<Grant[]>("/grants", { user: user.id }, GRANTS_CHANGE);
  const [draft, setDraft] = useState<GrantDraft>();
  const first = types[0]?.name ?? "server";
  const place = (grant: Grant) => {
    const type = types.find((each) => each.name === grant.type);
    return grant.resource
      ? `${type?.title ?? grant.type} ${grant.resource_name}`
      : `All ${type?.plural ?? grant.type}`;
  };
  return (
    <>
      <Panel
        title="Granted"
        note="the highest of all grants counts"
        end={
          <Button
            leftSection={<IconPlus size={14} stroke={1.5} />}
            onClick={() =>
              setDraft({ user: user.id, type: first, resource: "", level: "read", rights: [], powers: [] })
            }
          >
            Grant
          </Button>
        }
      >
        {isSuccess && data.length === 0 && (
          <Notice title="Nothing yet" text={`${user.name} sees nothing until something is granted.`} />
        )}
        <GrantRows
          grants={data}
          nameOf={(grant) => `${user.name} on ${place(grant)}`}
          subject={place}
          mayChange
          onEdit={(grant) => setDraft({ ...grant })}
        />
      </Panel>
      {draft && (
        <GrantDialog
          title={`Grant to ${user.name}`}
          start={draft}
          fixed={{ user: true, place: "created" in draft }}
          onClose={() => setDraft(undefined)}
        />
      )}
    </>
  );
}
