/** Networks of one server: what is on each, their addresses, what may go. */
import { useState } from "react";
import type { Resource } from "~/api/types";
import { List } from "~/kit/list/List";
import { exact } from "~/kit/time";
import { asServer } from "../model";
import { NewButton, PruneButton } from "./Buttons";
import { CreateDialog } from "./CreateDialog";
import { Details } from "./Details";
import classes from "./docker.module.css";
import { NETWORK_CHIPS, NETWORK_COLUMNS } from "./networks";
import { PruneNetworks } from "./Prunes";
import { RemoveDialog } from "./RemoveDialog";
import { RowMenu } from "./RowMenu";
import { type Network, standingOf } from "./things";
import { useShown } from "./useShown";
import { useStart } from "./useStart";
import { useThings } from "./useThings";

const NONE: readonly Network[] = [];
const idOf = (network: Network): string => network.id;

export function NetworksTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  const { data = NONE, isPending, error, refetch } = useThings<Network>(server.id, "network");
  const { shown, close, hrefOf } = useShown();
  const { offered } = useStart(server);
  const [doing, setDoing] = useState<"create" | "prune">();
  const [removing, setRemoving] = useState<Network>();
  const create = offered("create_network");
  const removes = offered("remove_network") !== undefined;
  const open = data.find((network) => network.id === shown);
  const done = () => setDoing(undefined);
  return (
    <>
      <List
        name="networks"
        searchHint="Name, subnet, project, what is on it…"
        items={data}
        idOf={idOf}
        columns={NETWORK_COLUMNS}
        chips={NETWORK_CHIPS}
        standing={standingOf}
        sort={{ column: "name", down: false }}
        href={(network) => hrefOf(network.id)}
        searchText={(network) => network.project}
        ready={!isPending}
        problem={error?.body}
        retry={() => void refetch()}
        {...(removes && {
          rowMenu: (network: Network) =>
            network.builtin ? null : <RowMenu name={network.name} onRemove={() => setRemoving(network)} />,
        })}
        primary={
          <span className={classes.buttons}>
            {offered("prune_networks") && <PruneButton onClick={() => setDoing("prune")} />}
            {create && <NewButton what="network" onClick={() => setDoing("create")} />}
          </span>
        }
        empty={{ title: "No network to see", text: "Docker has told of none." }}
      />
      {open && !removing && (
        <Details
          server={server}
          kind="network"
          name={open.id}
          title={open.name}
          thing={open}
          facts={[
            { label: "Driver", value: open.driver },
            { label: "Subnets", value: open.subnets.join(", ") || "none" },
            { label: "Reach", value: open.internal ? "nothing beyond it" : "what the host reaches" },
            { label: "IPv6", value: open.ipv6 ? "yes" : "no" },
            { label: "Created", value: open.created ? exact(open.created) : "—" },
            { label: "Id", value: <code>{open.id}</code> },
            ...(open.project ? [{ label: "Compose project", value: open.project }] : []),
          ]}
          onClose={close}
          onRemove={removes && !open.builtin ? () => setRemoving(open) : undefined}
        />
      )}
      {doing === "create" && create && (
        <CreateDialog server={server} kind="network" operation={create} onClose={done} />
      )}
      {doing === "prune" && <PruneNetworks server={server} onClose={done} />}
      {removing && (
        <RemoveDialog
          server={server}
          kind="network"
          name={removing.id}
          title={removing.name}
          text="Containers that name it in their config cannot start until there is one of the name again."
          onClose={() => {
            setRemoving(undefined);
            close();
          }}
        />
      )}
    </>
  );
}
