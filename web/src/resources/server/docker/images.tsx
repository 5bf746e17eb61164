/** Columns and filters of the list of a server's images. */
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import { State } from "~/kit/State";
import { Ago } from "~/kit/time";
import { bytes } from "~/kit/units";
import { type Image, imageName, shortId, standingOf } from "./things";
import { usedByColumn } from "./UsedByCell";

export const IMAGE_COLUMNS: readonly Column<Image>[] = [
  {
    id: "state",
    label: "State",
    value: (image) => standingOf(image).word,
    render: (image) => <State {...standingOf(image)} />,
    width: "110px",
    priority: 1,
    phone: "shape",
  },
  {
    id: "name",
    label: "Image",
    value: imageName,
    text: (image) => [...image.tags, ...image.digests, image.id].join(" "),
    render: (image) => <Name image={image} />,
    width: 2,
    priority: 0,
    phone: "name",
  },
  usedByColumn<Image>(1.6),
  {
    id: "size",
    label: "Size",
    value: (image) => image.size,
    render: (image) => bytes(image.size),
    align: "right",
    width: "90px",
    descending: true,
    priority: 3,
    phone: "figure",
  },
  {
    id: "created",
    label: "Created",
    value: (image) => image.created,
    text: () => "",
    render: (image) => <Ago at={image.created} />,
    align: "right",
    width: "84px",
    descending: true,
    priority: 4,
    phone: "figure2",
  },
  {
    id: "id",
    label: "Id",
    value: (image) => shortId(image.id),
    render: (image) => <span className="mono muted">{shortId(image.id)}</span>,
    width: "116px",
    optional: true,
  },
];

export const IMAGE_CHIPS: readonly Chip<Image>[] = [
  { id: "state", label: "State", values: (image) => [standingOf(image).word], pinned: true },
  { id: "large", label: "Over 1 GiB", matches: (image) => image.size > 1024 ** 3 },
];

function Name({ image }: { image: Image }): React.ReactNode {
  const more = image.tags.length - 1;
  return (
    <span className="cut" title={[...image.tags, ...image.digests].join("\n") || image.id}>
      {imageName(image)}
      {more > 0 && <span className="faint"> +{more}</span>}
    </span>
  );
}
