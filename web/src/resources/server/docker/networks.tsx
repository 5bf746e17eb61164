/** Columns and filters of the list of a server's networks. */
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import { State } from "~/kit/State";
import { Ago } from "~/kit/time";
import { type Network, shortId, standingOf } from "./things";
import { usedByColumn } from "./UsedByCell";

export const NETWORK_COLUMNS: readonly Column<Network>[] = [
  {
    id: "state",
    label: "State",
    value: (network) => standingOf(network).word,
    render: (network) => <State {...standingOf(network)} />,
    width: "120px",
    priority: 1,
    phone: "shape",
  },
  { id: "name", label: "Name", value: (network) => network.name, width: 1.4, priority: 0, phone: "name" },
  usedByColumn<Network>(1.6),
  {
    id: "driver",
    label: "Driver",
    value: (network) => network.driver,
    render: (network) => (
      <span className="cut">
        {network.driver}
        {network.internal && <span className="faint"> · internal</span>}
      </span>
    ),
    width: 0.9,
    priority: 4,
  },
  {
    id: "subnets",
    label: "Subnets",
    value: (network) => network.subnets.join(", ") || null,
    render: (network) => (
      <span className="mono cut" title={network.subnets.join("\n")}>
        {network.subnets.join(", ") || "—"}
      </span>
    ),
    width: 1.2,
    priority: 3,
    phone: "figure",
  },
  {
    id: "project",
    label: "Compose project",
    value: (network) => network.project || null,
    width: 1,
    optional: true,
  },
  {
    id: "created",
    label: "Created",
    value: (network) => network.created ?? null,
    text: () => "",
    render: (network) => <Ago at={network.created} />,
    align: "right",
    width: "84px",
    descending: true,
    priority: 5,
    phone: "figure2",
  },
  {
    id: "id",
    label: "Id",
    value: (network) => shortId(network.id),
    render: (network) => <span className="mono muted">{shortId(network.id)}</span>,
    width: "116px",
    optional: true,
  },
];

export const NETWORK_CHIPS: readonly Chip<Network>[] = [
  { id: "state", label: "State", values: (network) => [standingOf(network).word], pinned: true },
  { id: "driver", label: "Driver", values: (network) => [network.driver], pinned: true },
  {
    id: "project",
    label: "Compose project",
    values: (network) => (network.project ? [network.project] : []),
  },
  { id: "internal", label: "Internal", matches: (network) => network.internal },
];
