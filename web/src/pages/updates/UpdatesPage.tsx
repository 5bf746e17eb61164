/** Updates: deployments for whose image there is a newer one, by image or by server; those chosen are updated. */
import { Button } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { useType } from "~/api/hooks";
import { ask } from "~/api/http";
import { useParam } from "~/app/param";
import { PageTitle } from "~/app/Where";
import { ActionMenu } from "~/kit/action/ActionMenu";
import { attempt } from "~/kit/attempt";
import type { Chip } from "~/kit/list/chip";
import { List } from "~/kit/list/List";
import { usePhone } from "~/kit/list/usePhone";
import { useListBatch } from "~/kit/resource/listActions";
import { useKnownList } from "~/kit/resource/listKnown";
import { useStanding } from "~/kit/resource/listStanding";
import { count } from "~/kit/units";
import { deploymentOf } from "~/resources/deployment/standing";
import { ruleWords, updateOf, updateWord } from "~/resources/deployment/update/words";
import { serverName } from "~/resources/deployment/words";
import type { Known } from "~/resources/ui";
import { COLUMNS } from "./columns";
import { available, BY_IMAGE, BY_SERVER, countOf, rowsOf } from "./rows";

const TYPE = "deployment";
const UPDATE = "deployment.update_image";
const idOf = (known: Known): string => known.resource.id;
const hrefOf = ({ resource }: Known): string => `/deployments/${resource.name}`;

const CHIPS: readonly Chip<Known>[] = [
  {
    id: "update",
    label: "Update",
    values: (known) => [updateWord(deploymentOf(known))],
    pinned: true,
  },
  { id: "server", label: "Server", values: (known) => [serverName(deploymentOf(known))].filter(Boolean) },
  {
    id: "auto",
    label: "Updates by itself",
    matches: (known) => ruleWords(deploymentOf(known)) !== undefined,
  },
  {
    id: "failed",
    label: "Automatic update failed",
    matches: (known) => Boolean(updateOf(deploymentOf(known))?.auto),
  },
];

export function UpdatesPage(): React.ReactNode {
  const type = useType(TYPE);
  const { items, ready, problem } = useKnownList(TYPE);
  const standing = useStanding(TYPE);
  const [by, setBy] = useParam("group");
  const [all, setAll] = useParam("all");
  const rows = useMemo(() => rowsOf(items, all !== undefined), [items, all]);
  const offered = useListBatch(type, rows);
  const batch = useCallback(
    (chosen: readonly Known[]) => offered(available(chosen)).filter((action) => action.id === UPDATE),
    [offered],
  );
  return (
    <>
      <PageTitle title="Updates">
        <Counts items={items} />
      </PageTitle>
      <List
        name="updates"
        searchHint="Deployment, image, server…"
        items={rows}
        idOf={idOf}
        columns={COLUMNS}
        chips={CHIPS}
        href={hrefOf}
        standing={standing}
        ready={ready}
        problem={problem}
        batch={batch}
        groupBy={by === "server" ? BY_SERVER : BY_IMAGE}
        rowMenu={({ resource }) => <ActionMenu type={type} resource={resource} />}
        primary={
          <Tools
            byServer={by === "server"}
            onGroup={() => setBy(by === "server" ? undefined : "server")}
            all={all !== undefined}
            onAll={() => setAll(all === undefined ? "yes" : undefined)}
          />
        }
        empty={{
          title: "Nothing to update",
          text: "Monitor looks for newer images by itself; what has one appears here, and what it cannot tell.",
        }}
      />
    </>
  );
}

function Tools(props: {
  byServer: boolean;
  onGroup: () => void;
  all: boolean;
  onAll: () => void;
}): React.ReactNode {
  const phone = usePhone();
  return (
    <span className="row">
      {!phone && (
        <>
          <Button onClick={props.onAll}>{props.all ? "Hide what is up to date" : "Show all"}</Button>
          <Button
            leftSection={<IconStack2 size={14} stroke={1.5} aria-hidden="true" />}
            onClick={props.onGroup}
          >
            {props.byServer ? "Group by image" : "Group by server"}
          </Button>
        </>
      )}
      <CheckAll />
    </span>
  );
}

/** What is found comes by itself, as every change. */
function CheckAll(): React.ReactNode {
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    await attempt(() => ask("POST", "/deployments/-/check_updates", { body: {} }));
    setBusy(false);
  };
  return (
    <Button variant="filled" loading={busy} onClick={() => void check()}>
      Check now
    </Button>
  );
}

function Counts({ items }: { items: readonly Known[] }): React.ReactNode {
  const unknown = countOf(items, "unknown");
  return (
    <span className="muted cut">
      {count(countOf(items, "available"))} available
      {unknown > 0 && `, ${count(unknown)} unknown`}
    </span>
  );
}
