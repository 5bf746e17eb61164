/** Volumes of one server: what uses each, how large they are where somebody asks, what may go. */
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { ask } from "~/api/http";
import type { Resource, Schemas } from "~/api/types";
import { attempt } from "~/kit/attempt";
import { List } from "~/kit/list/List";
import { exact } from "~/kit/time";
import { bytes } from "~/kit/units";
import { asServer } from "../model";
import { NewButton, PruneButton } from "./Buttons";
import { CreateDialog } from "./CreateDialog";
import { Details } from "./Details";
import classes from "./docker.module.css";
import { PruneVolumes } from "./Prunes";
import { RemoveDialog } from "./RemoveDialog";
import { RowMenu } from "./RowMenu";
import { standingOf, type Volume, volumeName } from "./things";
import { useShown } from "./useShown";
import { useStart } from "./useStart";
import { useThings } from "./useThings";
import { type Sized, VOLUME_CHIPS, VOLUME_COLUMNS } from "./volumes";

const NONE: readonly Volume[] = [];
const idOf = (volume: Sized): string => volume.name;

export function VolumesTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  const { data = NONE, isPending, error, refetch } = useThings<Volume>(server.id, "volume");
  const { sizes, counting, count } = useSizes(server.id);
  const rows = useMemo(
    () => data.map((volume): Sized => ({ ...volume, size: sizes.get(volume.name) ?? null })),
    [data, sizes],
  );
  const { shown, close, hrefOf } = useShown();
  const { offered } = useStart(server);
  const [doing, setDoing] = useState<"create" | "prune">();
  const [removing, setRemoving] = useState<Sized>();
  const create = offered("create_volume");
  const removes = offered("remove_volume") !== undefined;
  const open = rows.find((volume) => volume.name === shown);
  const done = () => setDoing(undefined);
  return (
    <>
      <List
        name="volumes"
        searchHint="Name, project, what uses it…"
        items={rows}
        idOf={idOf}
        columns={VOLUME_COLUMNS}
        chips={VOLUME_CHIPS}
        standing={standingOf}
        sort={{ column: "name", down: false }}
        href={(volume) => hrefOf(volume.name)}
        ready={!isPending}
        problem={error?.body}
        retry={() => void refetch()}
        {...(removes && {
          rowMenu: (volume: Sized) => (
            <RowMenu name={volumeName(volume)} onRemove={() => setRemoving(volume)} />
          ),
        })}
        primary={
          <span className={classes.buttons}>
            {offered("volume_sizes") && (
              <Button onClick={count} aria-disabled={counting}>
                {counting ? "Counting…" : "Count sizes"}
              </Button>
            )}
            {offered("prune_volumes") && <PruneButton onClick={() => setDoing("prune")} />}
            {create && <NewButton what="volume" onClick={() => setDoing("create")} />}
          </span>
        }
        empty={{
          title: "No volume to see",
          text: "Volumes of deployments you may read appear here; the right unmanaged on this server shows those nobody uses.",
        }}
      />
      {open && !removing && (
        <Details
          server={server}
          kind="volume"
          name={open.name}
          title={open.name}
          thing={open}
          facts={[
            { label: "Driver", value: open.driver },
            ...(open.bind
              ? [{ label: "Reaches", value: "what is no folder of Docker’s own: its options say what" }]
              : []),
            { label: "Created", value: open.created ? exact(open.created) : "—" },
            { label: "Size", value: open.size === null ? "not counted" : bytes(open.size) },
            ...(open.project ? [{ label: "Compose project", value: open.project }] : []),
          ]}
          onClose={close}
          onRemove={removes ? () => setRemoving(open) : undefined}
        />
      )}
      {doing === "create" && create && (
        <CreateDialog server={server} kind="volume" operation={create} onClose={done} />
      )}
      {doing === "prune" && <PruneVolumes server={server} sizes={sizes} onClose={done} />}
      {removing && (
        <RemoveDialog
          server={server}
          kind="volume"
          name={removing.name}
          title={volumeName(removing)}
          text="All it holds goes with it, for good."
          typed={removing.anonymous ? removing.name.slice(0, 12) : removing.name}
          onClose={() => {
            setRemoving(undefined);
            close();
          }}
        />
      )}
    </>
  );
}

/** Docker counts file by file: only when somebody asks. */
function useSizes(server: string) {
  const [sizes, setSizes] = useState<ReadonlyMap<string, number>>(new Map());
  const [counting, setCounting] = useState(false);
  const count = async () => {
    if (counting) return;
    setCounting(true);
    await attempt(async () => {
      const found = await ask<Schemas["VolumeSize"][]>("GET", `/servers/${server}/volume_sizes`);
      setSizes(new Map(found.map((size) => [size.name, size.bytes])));
    });
    setCounting(false);
  };
  return { sizes, counting, count: () => void count() };
}
