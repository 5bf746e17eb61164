/** Images of one server: what uses each, how it was made, what may go. */
import { useState } from "react";
import type { Resource } from "~/api/types";
import { List } from "~/kit/list/List";
import { exact } from "~/kit/time";
import { bytes } from "~/kit/units";
import { asServer, type ServerResource } from "../model";
import { PruneButton } from "./Buttons";
import { Details } from "./Details";
import { History } from "./History";
import { IMAGE_CHIPS, IMAGE_COLUMNS } from "./images";
import { PruneImages } from "./Prunes";
import { RemoveDialog } from "./RemoveDialog";
import { RowMenu } from "./RowMenu";
import { type Image, imageName, isUsed, standingOf } from "./things";
import { useShown } from "./useShown";
import { useStart } from "./useStart";
import { useThings } from "./useThings";

const NONE: readonly Image[] = [];
const idOf = (image: Image): string => image.id;

export function ImagesTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  const { data = NONE, isPending, error, refetch } = useThings<Image>(server.id, "image");
  const { shown, close, hrefOf } = useShown();
  const { offered } = useStart(server);
  const [pruning, setPruning] = useState(false);
  const [removing, setRemoving] = useState<Image>();
  const removes = offered("remove_image") !== undefined;
  const open = data.find((image) => image.id === shown);
  return (
    <>
      <List
        name="images"
        searchHint="Tag, digest, id, what uses it…"
        items={data}
        idOf={idOf}
        columns={IMAGE_COLUMNS}
        chips={IMAGE_CHIPS}
        standing={standingOf}
        sort={{ column: "created", down: true }}
        href={(image) => hrefOf(image.id)}
        ready={!isPending}
        problem={error?.body}
        retry={() => void refetch()}
        {...(removes && {
          rowMenu: (image: Image) => <RowMenu name={imageName(image)} onRemove={() => setRemoving(image)} />,
        })}
        primary={offered("prune_images") && <PruneButton onClick={() => setPruning(true)} />}
        empty={{
          title: "No image to see",
          text: "Images of deployments you may read appear here; the right unmanaged on this server shows those nobody uses.",
        }}
      />
      {open && !removing && (
        <One
          server={server}
          image={open}
          onClose={close}
          onRemove={removes ? () => setRemoving(open) : undefined}
        />
      )}
      {pruning && <PruneImages server={server} onClose={() => setPruning(false)} />}
      {removing && (
        <RemoveDialog
          server={server}
          kind="image"
          name={removing.id}
          title={imageName(removing)}
          text={
            removing.tags.length > 1
              ? `The image goes with all its ${removing.tags.length} names.`
              : "It can be pulled or built again, where its source still has it."
          }
          forces={isUsed(removing)}
          onClose={() => {
            setRemoving(undefined);
            close();
          }}
        />
      )}
    </>
  );
}

function One(props: {
  server: ServerResource;
  image: Image;
  onClose(): void;
  onRemove: (() => void) | undefined;
}): React.ReactNode {
  const { server, image } = props;
  const names = [...image.tags, ...image.digests];
  return (
    <Details
      server={server}
      kind="image"
      name={image.id}
      title={imageName(image)}
      thing={image}
      facts={[
        { label: names.length === 1 ? "Name" : "Names", value: <Lines lines={names} /> },
        { label: "Id", value: <code>{image.id}</code> },
        { label: "Size", value: bytes(image.size) },
        { label: "Created", value: exact(image.created) },
      ]}
      onClose={props.onClose}
      onRemove={props.onRemove}
    >
      {server.can.includes("server.image_history") && <History server={server} image={image.id} />}
    </Details>
  );
}

function Lines({ lines }: { lines: readonly string[] }): React.ReactNode {
  if (lines.length === 0) return <span className="faint">none</span>;
  return (
    <>
      {lines.map((line) => (
        <code key={line}>{line}</code>
      ))}
    </>
  );
}
