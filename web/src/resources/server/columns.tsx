/** Columns of the list of servers. */
import type { Column } from "~/kit/list/column";
import { Tags } from "~/kit/Tags";
import { span } from "~/kit/time";
import { bits, bytes } from "~/kit/units";
import type { Known } from "../ui";
import { AgentVersion, DiskCell, Nothing, TrendCell } from "./cells";
import { loadOfCore } from "./heat/measures";
import { hasHost, serverOf, systemName } from "./model";

/** A column of a figure that people want to see highest first. */
const figure = { descending: true, volatile: true } as const;

export const COLUMNS: readonly Column<Known>[] = [
  {
    id: "name",
    label: "Name",
    value: (known) => known.resource.name,
    width: 1.3,
    phone: "name",
    priority: 0,
  },
  {
    ...figure,
    id: "cpu",
    label: "CPU",
    value: (known) => serverOf(known).status.cpu,
    render: (known) => <TrendCell server={serverOf(known)} figure="cpu" />,
    width: "124px",
    phone: "figure",
    short: "CPU",
    priority: 2,
  },
  {
    ...figure,
    id: "memory",
    label: "Memory",
    value: (known) => serverOf(known).status.memory,
    render: (known) => <TrendCell server={serverOf(known)} figure="memory" />,
    width: "124px",
    priority: 3,
  },
  {
    ...figure,
    id: "disk",
    label: "Disk",
    value: (known) => serverOf(known).status.disk,
    render: (known) => <DiskCell server={serverOf(known)} />,
    width: "124px",
    phone: "figure2",
    short: "Disk",
    priority: 1,
  },
  {
    ...figure,
    id: "network",
    label: "Network",
    value: (known) => traffic(known),
    render: (known) => {
      const { received, sent } = serverOf(known).status;
      if (received === null || sent === null) return <Nothing />;
      return (
        <span className="muted" title={`${bits(received)} in, ${bits(sent)} out`}>
          {bits(received + sent)}
        </span>
      );
    },
    align: "right",
    width: "104px",
    priority: 6,
  },
  {
    id: "containers",
    label: "Containers",
    value: (known) => counted(known),
    render: (known) => {
      const { running, containers } = serverOf(known).status;
      if (counted(known) === null) return <Nothing />;
      return <span title={`${running} of ${containers} run`}>{containers}</span>;
    },
    align: "right",
    width: "96px",
    descending: true,
    priority: 4,
  },
  {
    id: "up",
    label: "Up",
    value: (known) => serverOf(known).status.uptime,
    render: (known) => {
      const { uptime } = serverOf(known).status;
      return uptime === null ? <Nothing /> : <span className="muted">{span(uptime)}</span>;
    },
    align: "right",
    width: "72px",
    descending: true,
    priority: 7,
  },
  {
    id: "agent",
    label: "Agent",
    value: (known) => serverOf(known).status.agent?.version ?? null,
    render: (known) => <AgentVersion server={serverOf(known)} />,
    width: "128px",
    priority: 8,
  },
  {
    id: "tags",
    label: "Tags",
    value: (known) => known.resource.tags.join(" ") || null,
    render: (known) => <Tags tags={known.resource.tags} />,
    width: 1.3,
    priority: 5,
  },
  {
    id: "address",
    label: "Address",
    value: (known) => serverOf(known).config.address || null,
    render: (known) => <Written text={serverOf(known).config.address} />,
    phone: "detail",
    optional: true,
  },
  {
    id: "system",
    label: "System",
    value: (known) => systemName(serverOf(known).status.agent?.system ?? "") || null,
    optional: true,
  },
  {
    id: "cores",
    label: "Cores",
    value: (known) => serverOf(known).status.cores,
    align: "right",
    width: "72px",
    descending: true,
    optional: true,
  },
  {
    ...figure,
    id: "load",
    label: "Load per core",
    value: (known) => loadOfCore(serverOf(known).status),
    render: (known) => {
      const { load, cores } = serverOf(known).status;
      const each = loadOfCore(serverOf(known).status);
      if (each === null) return <Nothing />;
      return <span title={`${load} on ${cores} cores over a minute`}>{each.toFixed(2)}</span>;
    },
    align: "right",
    width: "104px",
    optional: true,
  },
  {
    ...figure,
    id: "temperature",
    label: "Temperature",
    value: (known) => serverOf(known).status.temperature,
    render: (known) => {
      const { temperature } = serverOf(known).status;
      return temperature === null ? <Nothing /> : `${temperature} °C`;
    },
    align: "right",
    width: "104px",
    optional: true,
  },
  {
    id: "memory_total",
    label: "Memory size",
    value: (known) => serverOf(known).status.memory_total,
    render: (known) => {
      const size = serverOf(known).status.memory_total;
      return size === null ? <Nothing /> : bytes(size);
    },
    align: "right",
    width: "104px",
    descending: true,
    optional: true,
  },
  {
    id: "docker",
    label: "Docker",
    value: (known) => serverOf(known).status.agent?.docker || null,
    render: (known) => <Written text={serverOf(known).status.agent?.docker ?? ""} />,
    width: "88px",
    optional: true,
  },
];

function traffic(known: Known): number | null {
  const { received, sent } = serverOf(known).status;
  return received === null || sent === null ? null : received + sent;
}

/** A server nobody has joined has none that anybody knows. */
function counted(known: Known): number | null {
  const server = serverOf(known);
  return hasHost(server) ? server.status.containers : null;
}

function Written({ text }: { text: string }): React.ReactNode {
  return text ? <span className="mono muted cut">{text}</span> : <Nothing />;
}
