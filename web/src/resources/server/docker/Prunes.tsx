/** Prunes: what may go of a server's images, volumes and networks, asked of its host when somebody wants to know. */
import { Switch } from "@mantine/core";
import { useState } from "react";
import { useAsked } from "~/api/asked";
import type { Schemas } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { Ago } from "~/kit/time";
import { bytes, plural } from "~/kit/units";
import type { ServerResource } from "../model";
import { type Going, PruneDialog } from "./PruneDialog";
import { imageName, volumeName } from "./things";

interface Props {
  server: ServerResource;
  onClose(): void;
}

export function PruneImages({ server, onClose }: Props): React.ReactNode {
  const [unused, setUnused] = useState(false);
  const { data, error } = useAsked<Schemas["ImagesToPrune"]>(`/servers/${server.id}/images_to_prune`, {
    unused,
  });
  const going = data?.images.map(
    (image): Going => ({ id: image.id, label: imageName(image), note: bytes(image.size), ticked: true }),
  );
  const room = (chosen: ReadonlySet<string>) => {
    if (!data) return "";
    if (chosen.size === data.images.length) return `${data.exact ? "" : "At most "}${bytes(data.bytes)}`;
    const sum = data.images.filter(({ id }) => chosen.has(id)).reduce((total, { size }) => total + size, 0);
    return `At most ${bytes(Math.min(sum, data.bytes))}`;
  };
  return (
    <PruneDialog
      key={String(unused)}
      server={server}
      kind="image"
      text="Nothing uses these. What a container, a deployment’s config or last deploy, or a build’s newest version needs is not among them."
      going={going}
      problem={error && <ProblemText problem={error} />}
      options={
        <Switch
          label="Also images with a name"
          description="Without it only dangling ones: a newer image took their name."
          checked={unused}
          onChange={(event) => setUnused(event.currentTarget.checked)}
        />
      }
      room={room}
      onClose={onClose}
    />
  );
}

export function PruneVolumes({
  server,
  sizes,
  onClose,
}: Props & { sizes: ReadonlyMap<string, number> }): React.ReactNode {
  const { data, error } = useAsked<Schemas["VolumesToPrune"]>(`/servers/${server.id}/volumes_to_prune`);
  const going =
    data &&
    [...data.volumes, ...data.staying].map(
      (volume): Going => ({
        id: volume.name,
        label: volumeName(volume),
        note: <SizeOrAge size={sizes.get(volume.name)} created={volume.created} />,
        // What somebody gave a name to goes only where somebody says so.
        ticked: volume.anonymous,
      }),
    );
  const room = (chosen: ReadonlySet<string>) => {
    const known = [...chosen].map((name) => sizes.get(name));
    if (known.some((size) => size === undefined)) return "Sizes are not counted";
    return bytes(known.reduce<number>((total, size) => total + (size ?? 0), 0));
  };
  return (
    <PruneDialog
      server={server}
      kind="volume"
      text="No container has these and no deployment’s config names them. All they hold goes with them; those with a name are not ticked from the start."
      going={going}
      problem={error && <ProblemText problem={error} />}
      room={room}
      onClose={onClose}
    />
  );
}

export function PruneNetworks({ server, onClose }: Props): React.ReactNode {
  const { data, error } = useAsked<Schemas["NetworksToPrune"]>(`/servers/${server.id}/networks_to_prune`);
  const going = data?.networks.map(
    (network): Going => ({
      id: network.id,
      label: network.name,
      note: network.subnets.join(", ") || network.driver,
      ticked: true,
    }),
  );
  return (
    <PruneDialog
      server={server}
      kind="network"
      text="No container is on these, running or not, and no deployment’s config names them."
      going={going}
      problem={error && <ProblemText problem={error} />}
      room={(chosen) => plural(chosen.size, "network")}
      onClose={onClose}
    />
  );
}

function SizeOrAge({ size, created }: { size: number | undefined; created: string | null | undefined }) {
  return size === undefined ? <Ago at={created} /> : bytes(size);
}
