/** Containers: every container of every server, whoever started it. */
import { ActionIcon, Button } from "@mantine/core";
import { IconStack2, IconStackPop } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useParam } from "~/app/param";
import { PageTitle } from "~/app/Where";
import type { Chip } from "~/kit/list/chip";
import type { GroupBy } from "~/kit/list/groups";
import { List } from "~/kit/list/List";
import { usePhone } from "~/kit/list/usePhone";
import { byTone, type Tone } from "~/kit/State";
import { Tally } from "~/kit/Tally";
import { COLUMNS } from "./columns";
import { keeperOf, type Placed, pageOf, standingOf } from "./placed";
import { usePlaced } from "./usePlaced";

const idOf = (row: Placed): string => row.id;
const KEPT_BY = { managed: "A deployment", compose: "Compose", none: "Not managed" };

const CHIPS: readonly Chip<Placed>[] = [
  { id: "state", label: "State", values: (row) => [standingOf(row).word], pinned: true },
  { id: "server", label: "Server", values: (row) => (row.place ? [row.place.name] : []), pinned: true },
  { id: "from", label: "From", values: (row) => [KEPT_BY[keeperOf(row)]], pinned: true },
  {
    id: "project",
    label: "Compose project",
    values: ({ told }) => (told.container.project ? [told.container.project] : []),
  },
  { id: "unhealthy", label: "Unhealthy", matches: ({ told }) => told.container.health === "unhealthy" },
];

const PROJECTS: GroupBy<Placed> = {
  of: ({ told }) => told.container.project,
  label: (project) => project,
  none: "No compose project",
};

export function ContainersPage(): React.ReactNode {
  const { rows, ready, problem, changed } = usePlaced();
  const [by, setBy] = useParam("group");
  const phone = usePhone();
  const grouped = by === "project";
  const group = (
    <GroupButton phone={phone} grouped={grouped} onClick={() => setBy(grouped ? undefined : "project")} />
  );
  return (
    <>
      <PageTitle title="Containers">
        <Counts rows={rows} />
        {phone && <span className="grow" />}
        {phone && group}
      </PageTitle>
      <List
        name="containers"
        searchHint="Name, image, project, port…"
        items={rows}
        idOf={idOf}
        columns={COLUMNS}
        chips={CHIPS}
        href={pageOf}
        standing={standingOf}
        searchText={(row) => row.told.container.id.slice(0, 12)}
        stale={(row) => row.place?.silent}
        changed={changed}
        ready={ready}
        problem={problem}
        {...(grouped ? { groupBy: PROJECTS } : {})}
        primary={phone ? undefined : group}
        empty={{
          title: "No container yet",
          text: "Whatever runs on a server appears here by itself, also what Monitor did not start.",
          action: (
            <Link className="link" to="/servers">
              See the servers
            </Link>
          ),
        }}
      />
    </>
  );
}

function GroupButton(props: { phone: boolean; grouped: boolean; onClick: () => void }): React.ReactNode {
  const { phone, grouped, onClick } = props;
  const label = grouped ? "Ungroup" : "Group by project";
  if (phone)
    return (
      <ActionIcon size={40} aria-label={label} onClick={onClick}>
        {grouped ? <IconStackPop size={18} stroke={1.5} /> : <IconStack2 size={18} stroke={1.5} />}
      </ActionIcon>
    );
  return (
    <Button leftSection={<IconStack2 size={14} stroke={1.5} aria-hidden="true" />} onClick={onClick}>
      {label}
    </Button>
  );
}

function Counts({ rows }: { rows: readonly Placed[] }): React.ReactNode {
  const counts = useMemo(() => {
    const by = new Map<Tone, number>();
    for (const row of rows) {
      const { tone } = standingOf(row);
      by.set(tone, (by.get(tone) ?? 0) + 1);
    }
    return [...by].sort(([a], [b]) => byTone(b, a));
  }, [rows]);
  const words: Record<Tone, string> = {
    ok: "running",
    warn: "unknown",
    bad: "in trouble",
    busy: "starting",
    off: "stopped",
  };
  return <Tally counts={counts.map(([tone, count]) => ({ tone, count, word: words[tone] }))} />;
}
