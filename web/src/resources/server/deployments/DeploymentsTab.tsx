/** Deployments kept on one server. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMe, useType, useTypes } from "~/api/hooks";
import type { Resource } from "~/api/types";
import { ActionMenu } from "~/kit/action/ActionMenu";
import { List } from "~/kit/list/List";
import { useListBatch } from "~/kit/resource/listActions";
import { useChanges } from "~/kit/resource/listChanges";
import { listChips } from "~/kit/resource/listChips";
import { listColumns } from "~/kit/resource/listColumns";
import { useKnownList } from "~/kit/resource/listKnown";
import { useStanding } from "~/kit/resource/listStanding";
import { uiOf } from "~/resources/registry";
import type { Known } from "~/resources/ui";
import { asServer, hasHost } from "../model";
import { isOn } from "./here";

const TYPE = "deployment";
const idOf = (known: Known): string => known.resource.id;

export function DeploymentsTab({ resource }: { resource: Resource }): React.ReactNode {
  const type = useType(TYPE);
  const types = useTypes();
  const ui = uiOf(TYPE);
  const { items, ready, problem } = useKnownList(TYPE);
  const here = useMemo(
    () => items.filter((known) => isOn(known.resource, resource.id)),
    [items, resource.id],
  );
  const standing = useStanding(TYPE);
  const columns = useMemo(
    () => listColumns(type, ui, standing, types).filter((column) => column.id !== "server"),
    [type, ui, standing, types],
  );
  const chips = useMemo(() => listChips(type, ui, standing), [type, ui, standing]);
  const changed = useChanges(here, ready, standing);
  const batch = useListBatch(type, here);
  const create = hasHost(asServer(resource)) ? <Create server={resource.id} /> : undefined;
  return (
    <List
      name="deployments here"
      searchHint="Name, image, port…"
      items={here}
      idOf={idOf}
      columns={columns}
      chips={chips}
      href={(known) => `/deployments/${known.resource.name}`}
      standing={standing}
      changed={changed}
      ready={ready}
      problem={problem}
      batch={batch}
      rowMenu={(known) => <ActionMenu type={type} resource={known.resource} />}
      primary={create}
      empty={{
        title: `Nothing is deployed on ${resource.name}`,
        text: "A deployment keeps one container running here, from an image or a build.",
        action: create,
      }}
    />
  );
}

function Create({ server }: { server: string }): React.ReactNode {
  const { can } = useMe();
  if (!can.includes("deployment.create")) return null;
  return (
    <Button
      component={Link}
      to="/deployments/new"
      search={{ "config.server": server } as never}
      variant="filled"
      leftSection={<IconPlus size={14} stroke={1.5} aria-hidden="true" />}
    >
      Deploy here
    </Button>
  );
}
