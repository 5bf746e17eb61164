/** Containers of one server, whoever started them, live. */
import { Button } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Resource } from "~/api/types";
import { useParam } from "~/app/param";
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import type { GroupBy } from "~/kit/list/groups";
import { List } from "~/kit/list/List";
import { COLUMNS } from "~/pages/containers/columns";
import { keeperOf, type Placed, standingOf } from "~/pages/containers/placed";
import { asServer } from "../model";
import { Hidden } from "./Hidden";
import { useHere } from "./useHere";

const idOf = (row: Placed): string => row.id;
/** All are on this server, so a phone's second line has room for the image. */
const HERE = COLUMNS.filter((column) => column.id !== "server").map((column): Column<Placed> => {
  if (column.id === "restarts") return { ...column, optional: false, priority: 7, render: restarts };
  return column.id === "image" ? { ...column, phone: "detail" } : column;
});

function restarts({ told }: Placed): React.ReactNode {
  return told.container.restarts || <span className="faint">—</span>;
}

const KEPT_BY = { managed: "A deployment", compose: "Compose", none: "Not managed" };

const CHIPS: readonly Chip<Placed>[] = [
  { id: "state", label: "State", values: (row) => [standingOf(row).word], pinned: true },
  { id: "from", label: "From", values: (row) => [KEPT_BY[keeperOf(row)]], pinned: true },
  {
    id: "project",
    label: "Compose project",
    values: ({ told }) => (told.container.project ? [told.container.project] : []),
  },
];

const PROJECTS: GroupBy<Placed> = {
  of: ({ told }) => told.container.project,
  label: (project) => project,
  none: "No compose project",
};

export function ContainersTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  const { rows, ready, problem, changed, hidden } = useHere(server);
  const [flat, setFlat] = useParam("group");
  const grouped = flat !== "none";
  useNamed();
  return (
    <>
      <List
        name="containers here"
        searchHint="Name, image, project, port…"
        items={rows}
        idOf={idOf}
        columns={HERE}
        chips={CHIPS}
        standing={standingOf}
        searchText={(row) => row.told.container.id.slice(0, 12)}
        stale={(row) => row.place?.silent}
        changed={changed}
        ready={ready}
        problem={problem}
        {...(grouped ? { groupBy: PROJECTS } : {})}
        primary={
          <Button
            aria-pressed={grouped}
            leftSection={<IconStack2 size={14} stroke={1.5} aria-hidden="true" />}
            onClick={() => setFlat(grouped ? "none" : undefined)}
          >
            {grouped ? "Ungroup" : "Group by project"}
          </Button>
        }
        empty={{
          title: server.status.state === "waiting" ? "Nobody has joined yet" : "No container here",
          text: "Whatever is started on this host appears here by itself, also what Monitor did not start.",
        }}
      />
      <Hidden count={hidden} />
    </>
  );
}

/** A link to one container (`?container=api`) is a search for it. */
function useNamed(): void {
  const [named] = useParam("container");
  const navigate = useNavigate();
  useEffect(() => {
    if (!named) return;
    const search = (old: Record<string, unknown>) => ({ ...old, container: undefined, q: named });
    void navigate({ to: ".", search: search as never, replace: true });
  }, [named, navigate]);
}
