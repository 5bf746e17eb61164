/** Columns of the list of deployments. */
import { Link } from "@tanstack/react-router";
import type { Column } from "~/kit/list/column";
import { Ports } from "~/kit/Ports";
import { Tags } from "~/kit/Tags";
import { Ago } from "~/kit/time";
import type { Known } from "../ui";
import { deploymentOf } from "./standing";
import { UpdateCell } from "./update/UpdateCell";
import { updateWord } from "./update/words";
import { Version } from "./Version";
import { serverName, version } from "./words";

export const COLUMNS: readonly Column<Known>[] = [
  {
    id: "name",
    label: "Name",
    value: (known) => known.resource.name,
    width: 1.4,
    phone: "name",
    priority: 0,
  },
  {
    id: "server",
    label: "Server",
    value: (known) => serverName(deploymentOf(known)),
    render: (known) => <ServerLink known={known} />,
    width: 1,
    phone: "detail",
    priority: 1,
  },
  {
    id: "version",
    label: "Image",
    value: (known) => version(deploymentOf(known)),
    render: (known) => <Version deployment={deploymentOf(known)} />,
    width: 1.4,
    phone: "figure",
    priority: 2,
  },
  {
    id: "reason",
    label: "Why",
    value: (known) => deploymentOf(known).status.reason || null,
    width: 1.4,
    priority: 6,
    optional: true,
  },
  {
    id: "ports",
    label: "Ports",
    value: (known) => deploymentOf(known).status.ports.find((port) => port.host)?.host ?? null,
    text: (known) =>
      deploymentOf(known)
        .status.ports.map((port) => port.host || "")
        .join(" "),
    render: (known) => (
      <Ports ports={deploymentOf(known).status.ports} server={deploymentOf(known).config.server} />
    ),
    width: 0.9,
    priority: 5,
  },
  {
    id: "restarts",
    label: "Restarts",
    value: (known) => deploymentOf(known).status.restarts,
    align: "right",
    width: "84px",
    descending: true,
    optional: true,
  },
  {
    id: "update",
    label: "Update",
    value: (known) => updateWord(deploymentOf(known)) || null,
    render: (known) => <UpdateCell deployment={deploymentOf(known)} />,
    width: "104px",
    priority: 6,
  },
  {
    id: "since",
    label: "Since",
    value: (known) => deploymentOf(known).status.since,
    text: () => "",
    render: (known) => <Ago at={deploymentOf(known).status.since} />,
    align: "right",
    width: "76px",
    descending: true,
    phone: "figure2",
    priority: 3,
  },
  {
    id: "deployed",
    label: "Deployed",
    value: (known) => deploymentOf(known).info.deployed,
    text: () => "",
    render: (known) => <Ago at={deploymentOf(known).info.deployed} />,
    align: "right",
    width: "88px",
    descending: true,
    priority: 4,
  },
  {
    id: "tags",
    label: "Tags",
    value: (known) => known.resource.tags.join(" ") || null,
    render: (known) => <Tags tags={known.resource.tags} />,
    width: 1.1,
    priority: 7,
  },
];

function ServerLink({ known }: { known: Known }): React.ReactNode {
  const name = serverName(deploymentOf(known));
  if (!name) return <span className="faint">—</span>;
  return (
    <Link className="cut" to={`/servers/${name}`}>
      {name}
    </Link>
  );
}
