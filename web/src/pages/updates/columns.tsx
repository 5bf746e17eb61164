/** Columns of the page of updates. */
import { Link } from "@tanstack/react-router";
import type { Column } from "~/kit/list/column";
import { Ago } from "~/kit/time";
import { deploymentOf } from "~/resources/deployment/standing";
import { UpdateCell } from "~/resources/deployment/update/UpdateCell";
import { ruleWords, shortNewest, updateOf, updateWord } from "~/resources/deployment/update/words";
import { Version } from "~/resources/deployment/Version";
import { serverName, version } from "~/resources/deployment/words";
import type { Known } from "~/resources/ui";

const found = (known: Known) => updateOf(deploymentOf(known));

export const COLUMNS: readonly Column<Known>[] = [
  {
    id: "name",
    label: "Deployment",
    value: (known) => known.resource.name,
    width: 1.2,
    phone: "name",
    priority: 0,
  },
  {
    id: "update",
    label: "Update",
    value: (known) => updateWord(deploymentOf(known)),
    render: (known) => <UpdateCell deployment={deploymentOf(known)} />,
    width: "104px",
    phone: "figure",
    priority: 1,
  },
  {
    id: "image",
    label: "Image",
    value: (known) => version(deploymentOf(known)),
    render: (known) => <Version deployment={deploymentOf(known)} />,
    width: 1.3,
    priority: 2,
  },
  {
    id: "server",
    label: "Server",
    value: (known) => serverName(deploymentOf(known)),
    render: (known) => <Server name={serverName(deploymentOf(known))} />,
    width: 0.8,
    phone: "detail",
    priority: 3,
  },
  {
    id: "running",
    label: "Runs",
    value: (known) => found(known)?.running || null,
    render: (known) => <Digest name={found(known)?.running} />,
    width: 1.1,
    priority: 6,
  },
  {
    id: "newest",
    label: "Newest",
    value: (known) => found(known)?.newest || null,
    render: (known) => <Digest name={found(known)?.newest} />,
    width: 1.1,
    priority: 5,
  },
  {
    id: "why",
    label: "Why",
    value: (known) => found(known)?.auto || found(known)?.reason || null,
    render: (known) => <Why text={found(known)?.auto || found(known)?.reason} />,
    width: 1.6,
    priority: 4,
  },
  {
    id: "auto",
    label: "By itself",
    value: (known) => ruleWords(deploymentOf(known)) ?? null,
    width: 1,
    priority: 8,
    optional: true,
  },
  {
    id: "checked",
    label: "Looked for",
    value: (known) => found(known)?.checked ?? null,
    text: () => "",
    render: (known) => <Ago at={found(known)?.checked} />,
    align: "right",
    width: "88px",
    descending: true,
    priority: 7,
    phone: "figure2",
  },
];

function Server({ name }: { name: string }): React.ReactNode {
  if (!name) return <span className="faint">—</span>;
  return (
    <Link className="cut" to={`/servers/${name}`}>
      {name}
    </Link>
  );
}

function Digest({ name }: { name: string | undefined }): React.ReactNode {
  if (!name) return <span className="faint">—</span>;
  return (
    <span className="mono cut" title={name}>
      {shortNewest(name)}
    </span>
  );
}

function Why({ text }: { text: string | undefined }): React.ReactNode {
  return (
    <span className="faint cut" title={text} dir="auto">
      {text}
    </span>
  );
}
