/** The list of any resource type: from its declarations, with what its own screen says in their place. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Suspense, useMemo } from "react";
import { useMe, useTypes } from "~/api/hooks";
import type { TypeInfo } from "~/api/types";
import { capital } from "~/app/nav";
import { PageTitle } from "~/app/Where";
import { ActionMenu } from "~/kit/action/ActionMenu";
import type { Column } from "~/kit/list/column";
import { List } from "~/kit/list/List";
import { usePhone } from "~/kit/list/usePhone";
import { Tally } from "~/kit/Tally";
import { count } from "~/kit/units";
import { uiOf } from "~/resources/registry";
import type { Known } from "~/resources/ui";
import { useListBatch } from "./listActions";
import { useChanges } from "./listChanges";
import { listChips } from "./listChips";
import { listColumns } from "./listColumns";
import { useKnownList } from "./listKnown";
import { counted, useStanding } from "./listStanding";
import { useLook } from "./useLook";

const idOf = (known: Known): string => known.resource.id;
const wordsOf = ({ resource }: Known): string => `${resource.description} ${resource.tags.join(" ")}`;

export function ResourceList({ type }: { type: TypeInfo }): React.ReactNode {
  const ui = uiOf(type.name);
  const types = useTypes();
  const phone = usePhone();
  const me = useMe();
  const { items, ready, problem } = useKnownList(type.name);
  const standing = useStanding(type.name);
  const columns = useMemo(() => listColumns(type, ui, standing, types), [type, ui, standing, types]);
  const chips = useMemo(() => listChips(type, ui, standing), [type, ui, standing]);
  const counts = useMemo(() => counted(items.map(standing)), [items, standing]);
  const changed = useChanges(items, ready, standing);
  const batch = useListBatch(type, items);
  const look = useLook(ui, items, phone);
  const create = me.can.includes(`${type.name}.create`) ? (
    <Create type={type} label={ui.create} />
  ) : undefined;
  return (
    <>
      <PageTitle title={capital(type.plural)}>
        {ready && !phone && <span className="muted">{count(items.length)}</span>}
        {items.length > 0 && <Tally counts={counts} />}
      </PageTitle>
      {ui.Above && (
        <Suspense>
          <ui.Above />
        </Suspense>
      )}
      <List
        name={type.plural}
        items={items}
        idOf={idOf}
        columns={columns}
        chips={chips}
        href={({ resource }) => `/${type.plural}/${resource.name}`}
        standing={standing}
        changed={changed}
        ready={ready}
        problem={problem}
        searchText={wordsOf}
        searchHint={hintOf(columns)}
        batch={batch}
        rowMenu={({ resource }) => <ActionMenu type={type} resource={resource} />}
        primary={create}
        looks={look.looks}
        {...(look.groupBy && { groupBy: look.groupBy })}
        {...(look.picture && { picture: look.picture })}
        empty={create ? { ...ui.empty, action: create } : nothingFor(type)}
      />
    </>
  );
}

/** To somebody who may add nothing. */
function nothingFor(type: TypeInfo): { title: string; text: string } {
  return {
    title: `No ${type.title.toLowerCase()} is shared with you`,
    text: "Ask an admin to grant you one; it appears here at once.",
  };
}

function Create({ type, label }: { type: TypeInfo; label: string | undefined }): React.ReactNode {
  return (
    <Button
      component={Link}
      to={`/${type.plural}/new`}
      variant="filled"
      leftSection={<IconPlus size={14} stroke={1.5} aria-hidden="true" />}
    >
      {label ?? `New ${type.title.toLowerCase()}`}
    </Button>
  );
}

/** `Name, server, image…`: what one might search for, by what it is called. */
function hintOf(columns: readonly Column<Known>[]): string {
  const words = columns.filter((column) => column.id !== "state" && !column.align && !column.volatile);
  const rank = ({ phone }: Column<Known>) => (phone === "name" ? 0 : phone === "detail" ? 1 : 2);
  const labels = [...words].sort((a, b) => rank(a) - rank(b)).map((column) => column.label);
  return `${labels.slice(0, 3).join(", ")}…`.replace(/, [A-Z](?=[a-z])/g, (start) => start.toLowerCase());
}
