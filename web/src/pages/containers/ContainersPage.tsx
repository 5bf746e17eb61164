/** Containers: every container of every server, whoever started it. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useServers } from "~/api/hooks";
import { useParam } from "~/app/param";
import { PageTitle } from "~/app/Where";
import type { Chip } from "~/kit/list/chip";
import { usePhone } from "~/kit/list/usePhone";
import { byTone, type Tone, worstTone } from "~/kit/State";
import { Tally } from "~/kit/Tally";
import { CHIPS, ContainerList, GroupButton } from "./ContainerList";
import { COLUMNS } from "./columns";
import { type Placed, standingOf } from "./placed";
import { usePlaced } from "./usePlaced";

const NONE = {
  title: "No container yet",
  text: "Whatever runs on a server appears here by itself, also what Monitor did not start.",
  action: (
    <Link className="link" to="/servers">
      See the servers
    </Link>
  ),
};
const UNSEEN = {
  title: "No container you may see",
  text: "This list has the containers of the servers and deployments you may read, once they run.",
  action: (
    <Link className="link" to="/deployments">
      See the deployments
    </Link>
  ),
};
const SERVER: Chip<Placed> = {
  id: "server",
  label: "Server",
  values: (row) => (row.place ? [row.place.name] : []),
  pinned: true,
};
const ALL: readonly Chip<Placed>[] = [...CHIPS.slice(0, 1), SERVER, ...CHIPS.slice(1)];

export function ContainersPage(): React.ReactNode {
  const { rows, ready, problem, changed } = usePlaced();
  const servers = useServers();
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
      <ContainerList
        name="containers"
        rows={rows}
        columns={COLUMNS}
        chips={ALL}
        ready={ready}
        problem={problem}
        changed={changed}
        grouped={grouped}
        primary={phone ? undefined : group}
        empty={servers.items.size > 0 ? NONE : UNSEEN}
      />
    </>
  );
}

function Counts({ rows }: { rows: readonly Placed[] }): React.ReactNode {
  const counts = useMemo(() => {
    const by = new Map<Tone, number>();
    for (const row of rows) {
      const tone = worstTone(standingOf(row));
      by.set(tone, (by.get(tone) ?? 0) + 1);
    }
    return [...by].sort(([a], [b]) => byTone(b, a));
  }, [rows]);
  const words: Record<Tone, string> = {
    ok: "running",
    warn: "need a look",
    bad: "in trouble",
    busy: "starting",
    off: "stopped",
  };
  return <Tally counts={counts.map(([tone, count]) => ({ tone, count, word: words[tone] }))} />;
}
