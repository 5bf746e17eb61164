/** Columns and filters of the list of a server's volumes. */
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import { State } from "~/kit/State";
import { Ago } from "~/kit/time";
import { bytes } from "~/kit/units";
import { standingOf, type Volume, volumeName } from "./things";
import { usedByColumn } from "./UsedByCell";

export type Sized = Volume & {
  /** Counted on request only; null before. */
  size: number | null;
};

export const VOLUME_COLUMNS: readonly Column<Sized>[] = [
  {
    id: "state",
    label: "State",
    value: (volume) => standingOf(volume).word,
    render: (volume) => <State {...standingOf(volume)} />,
    width: "100px",
    priority: 1,
    phone: "shape",
  },
  {
    id: "name",
    label: "Name",
    value: volumeName,
    text: (volume) => volume.name,
    render: (volume) => (
      <span className={volume.anonymous ? "mono cut muted" : "cut"} title={volume.name}>
        {volumeName(volume)}
      </span>
    ),
    width: 1.6,
    priority: 0,
    phone: "name",
  },
  usedByColumn<Sized>(1.6),
  {
    id: "kind",
    label: "Kind",
    value: kindOf,
    render: (volume) => <span className={volume.bind ? "" : "muted"}>{kindOf(volume)}</span>,
    width: 1,
    priority: 4,
  },
  {
    id: "size",
    label: "Size",
    value: (volume) => volume.size,
    render: (volume) => (volume.size === null ? <span className="faint">—</span> : bytes(volume.size)),
    align: "right",
    width: "84px",
    descending: true,
    priority: 3,
    phone: "figure",
  },
  {
    id: "project",
    label: "Compose project",
    value: (volume) => volume.project || null,
    width: 1,
    optional: true,
  },
  {
    id: "created",
    label: "Created",
    value: (volume) => volume.created ?? null,
    text: () => "",
    render: (volume) => <Ago at={volume.created} />,
    align: "right",
    width: "84px",
    descending: true,
    priority: 5,
    phone: "figure2",
  },
];

export const VOLUME_CHIPS: readonly Chip<Sized>[] = [
  { id: "state", label: "State", values: (volume) => [standingOf(volume).word], pinned: true },
  { id: "kind", label: "Kind", values: (volume) => [kindOf(volume)], pinned: true },
  { id: "project", label: "Compose project", values: (volume) => (volume.project ? [volume.project] : []) },
];

function kindOf(volume: Volume): string {
  if (volume.bind) return "Reaches the host";
  if (volume.anonymous) return "Anonymous";
  return volume.driver === "local" ? "Named" : volume.driver;
}
