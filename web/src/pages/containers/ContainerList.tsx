/** ContainerList: containers as one list, of all servers or of one: grouped, filtered, chosen and acted on, live. */
import { ActionIcon, Button } from "@mantine/core";
import { IconStack2, IconStackPop } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { ProblemBody } from "~/api/types";
import type { BatchAction } from "~/kit/list/batch";
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import type { GroupBy } from "~/kit/list/groups";
import { List } from "~/kit/list/List";
import { compareWith, containerName, MOST } from "../compare/choice";
import { ContainerMenu } from "./ContainerMenu";
import { keeperOf, type Placed, pageOf, standingOf } from "./placed";
import { useContainerActs } from "./useContainerActs";
import { LABELS, VERBS } from "./verbs";

const idOf = (row: Placed): string => row.id;
const KEPT_BY = { managed: "A deployment", compose: "Compose", none: "Not managed" };

export const CHIPS: readonly Chip<Placed>[] = [
  { id: "state", label: "State", values: (row) => [standingOf(row).word], pinned: true },
  { id: "from", label: "From", values: (row) => [KEPT_BY[keeperOf(row)]], pinned: true },
  {
    id: "project",
    label: "Compose project",
    values: ({ told }) => (told.container.project ? [told.container.project] : []),
  },
  { id: "unhealthy", label: "Unhealthy", matches: ({ told }) => told.container.health === "unhealthy" },
];

/** A project of the same name on another server is another project. */
const PROJECTS: GroupBy<Placed> = {
  of: ({ told, place }) => (told.container.project ? `${told.container.project}\n${place?.name ?? ""}` : ""),
  label: (group) => {
    const [project, server] = group.split("\n");
    return (
      <>
        {project} <span className="faint">on {server}</span>
      </>
    );
  },
  none: "No compose project",
  menu: (group, rows) => (
    <ContainerMenu rows={rows} label={`Actions on the compose project ${group.replace("\n", " on ")}`} />
  ),
};
const HERE: GroupBy<Placed> = { ...PROJECTS, label: (group) => group.split("\n")[0] };

export function ContainerList(props: {
  name: string;
  rows: readonly Placed[];
  columns: readonly Column<Placed>[];
  chips?: readonly Chip<Placed>[];
  ready: boolean;
  problem: ProblemBody | undefined;
  changed: ReadonlyMap<string, number>;
  grouped: boolean;
  /** All are on one server, which need not be named. */
  here?: boolean;
  primary: React.ReactNode;
  empty: { title: string; text: string; action?: React.ReactNode };
}): React.ReactNode {
  const { grouped, here = false, rows, chips = CHIPS, ...rest } = props;
  const batch = useBatch();
  const menu = useCallback(
    (row: Placed) => <ContainerMenu rows={[row]} label={`Actions on ${row.told.container.name}`} />,
    [],
  );
  return (
    <List
      {...rest}
      searchHint="Name, image, project, port…"
      items={rows}
      idOf={idOf}
      chips={chips}
      href={pageOf}
      standing={standingOf}
      searchText={(row) => row.told.container.id.slice(0, 12)}
      stale={(row) => row.silent}
      batch={batch}
      rowMenu={menu}
      {...(grouped ? { groupBy: here ? HERE : PROJECTS } : {})}
    />
  );
}

function useBatch(): (selected: readonly Placed[]) => readonly BatchAction[] {
  const acts = useContainerActs();
  const router = useRouter();
  return useMemo(
    () => (selected) => [
      comparing(selected, (to) => router.history.push(to)),
      ...VERBS.map((verb) => {
        const share = acts.share(verb, selected);
        const asks = verb === "kill" || verb === "remove";
        return {
          id: verb,
          label: asks ? `${LABELS[verb]}…` : LABELS[verb],
          count: share.strays.length + share.kept.length,
          reason: share.reason,
          danger: asks,
          run: () => acts.run(verb, share),
        };
      }),
    ],
    [acts, router],
  );
}

function comparing(selected: readonly Placed[], go: (to: string) => void): BatchAction {
  const many = selected.length > MOST;
  const names = selected.map(({ told, place }) => containerName(place?.name, told.container.name));
  return {
    id: "compare",
    label: "Compare",
    count: many ? 0 : selected.length,
    ...(many && { reason: `At most ${MOST} at once` }),
    run: () => go(compareWith("containers")(names)),
  };
}

/** Switches the grouping by compose project. */
export function GroupButton(props: {
  phone: boolean;
  grouped: boolean;
  onClick: () => void;
}): React.ReactNode {
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
