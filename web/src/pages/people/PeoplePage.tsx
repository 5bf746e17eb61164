/** People: who may sign in, who is admin, when each was last seen. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useUsers } from "~/api/asked";
import { useMe } from "~/api/hooks";
import { ask } from "~/api/http";
import type { User } from "~/api/types";
import { Missing } from "~/app/Missing";
import { PageTitle } from "~/app/Where";
import { attempt } from "~/kit/attempt";
import { List } from "~/kit/list/List";
import { count } from "~/kit/units";
import { AddPersonDialog } from "./AddPersonDialog";
import { CHIPS, COLUMNS, standingOf } from "./columns";
import { PasswordDialog } from "./PasswordDialog";

const NOBODY: readonly User[] = [];

const idOf = (user: User): string => user.id;
const pageOf = (user: User): string => `/people/${user.name}`;
export function PeoplePage(): React.ReactNode {
  return useMe().can.includes("user.list") ? <People /> : <Missing />;
}

function People(): React.ReactNode {
  const navigate = useNavigate();
  const { data = NOBODY, isPending, error, refetch } = useUsers();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<User>();
  return (
    <>
      <PageTitle title="People">
        {data.length > 0 && <span className="faint small">{count(data.length)}</span>}
      </PageTitle>
      <List
        name="people"
        items={data}
        idOf={idOf}
        columns={COLUMNS}
        chips={CHIPS}
        href={pageOf}
        standing={standingOf}
        sort={{ column: "name", down: false }}
        ready={!isPending}
        problem={error?.body}
        retry={() => void refetch()}
        rowMenu={(user) => <PersonMenu user={user} onPassword={() => setChanging(user)} />}
        primary={
          <Button
            variant="filled"
            leftSection={<IconPlus size={14} stroke={1.5} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            Add person
          </Button>
        }
        empty={{ title: "Nobody yet", text: "Everybody who works here gets an account of his own." }}
      />
      {adding && (
        <AddPersonDialog
          onClose={() => setAdding(false)}
          onAdded={(user) => void navigate({ to: `/people/${user.name}` })}
        />
      )}
      {changing && <PasswordDialog user={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}

function PersonMenu({ user, onPassword }: { user: User; onPassword: () => void }): React.ReactNode {
  const navigate = useNavigate();
  const self = useMe().user.id === user.id;
  const enable = (enabled: boolean) =>
    void attempt(() => ask("PATCH", `/users/${user.id}`, { body: { enabled } }));
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${user.name}`}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void navigate({ to: pageOf(user) })}>Open</Menu.Item>
        <Menu.Item onClick={onPassword}>Set password…</Menu.Item>
        {!self && (
          <Menu.Item onClick={() => enable(!user.enabled)}>{user.enabled ? "Disable" : "Enable"}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
