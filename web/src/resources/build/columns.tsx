/** Columns of the list of builds. */
import { Link } from "@tanstack/react-router";
import type { Column } from "~/kit/list/column";
import { RunBars } from "~/kit/RunBars";
import { Tags } from "~/kit/Tags";
import { Ago, took } from "~/kit/time";
import type { Known } from "../ui";
import { builderName, buildOf, revision, sourceName } from "./words";

export const COLUMNS: readonly Column<Known>[] = [
  {
    id: "name",
    label: "Name",
    value: (known) => known.resource.name,
    width: 1.2,
    phone: "name",
    priority: 0,
  },
  {
    id: "version",
    label: "Version",
    value: (known) => buildOf(known).info.version,
    render: (known) => <Version version={buildOf(known).info.version} />,
    width: "96px",
    phone: "figure",
    priority: 1,
  },
  {
    id: "source",
    label: "Source",
    value: (known) => sourceName(buildOf(known)),
    text: (known) => buildOf(known).config.source?.url ?? "",
    render: (known) => (
      <span className="cut" title={buildOf(known).config.source?.url}>
        {sourceName(buildOf(known))}
      </span>
    ),
    width: 1.3,
    priority: 3,
    phone: "detail",
  },
  {
    id: "revision",
    label: "From",
    value: (known) => revision(buildOf(known)),
    text: (known) => `${revision(buildOf(known))} ${buildOf(known).info.message}`,
    render: (known) => (
      <span className="cut" title={buildOf(known).info.message}>
        <span className="mono">{revision(buildOf(known))}</span>{" "}
        <bdi className="faint">{buildOf(known).info.message}</bdi>
      </span>
    ),
    width: 2,
    priority: 5,
  },
  {
    id: "runs",
    label: "Last 16 runs",
    value: (known) => known.runs.filter((run) => run.state === "failed").length,
    text: () => "",
    render: (known) => <RunBars runs={known.runs} what={known.resource.name} />,
    width: "128px",
    descending: true,
    priority: 2,
  },
  {
    id: "took",
    label: "Took",
    value: (known) => known.runs.at(-1)?.seconds ?? null,
    text: () => "",
    render: (known) => <Took seconds={known.runs.at(-1)?.seconds} />,
    align: "right",
    width: "92px",
    descending: true,
    priority: 6,
  },
  {
    id: "built",
    label: "Built",
    value: (known) => buildOf(known).info.built,
    text: () => "",
    render: (known) => <Ago at={buildOf(known).info.built} />,
    align: "right",
    width: "76px",
    descending: true,
    phone: "figure2",
    priority: 4,
  },
  {
    id: "builder",
    label: "Builder",
    value: (known) => builderName(buildOf(known)) || null,
    render: (known) => <Builder name={builderName(buildOf(known))} />,
    width: 0.8,
    priority: 7,
  },
  {
    id: "tags",
    label: "Tags",
    value: (known) => known.resource.tags.join(" ") || null,
    render: (known) => <Tags tags={known.resource.tags} />,
    width: 0.9,
    priority: 8,
  },
];

function Version({ version }: { version: string }): React.ReactNode {
  return version === "0.0.0" ? <span className="faint">—</span> : <span className="mono">{version}</span>;
}

function Took({ seconds }: { seconds: number | undefined }): React.ReactNode {
  return seconds === undefined ? <span className="faint">—</span> : took(seconds);
}

function Builder({ name }: { name: string }): React.ReactNode {
  if (!name) return <span className="faint">—</span>;
  return (
    <Link className="cut" to={`/servers/${name}`}>
      {name}
    </Link>
  );
}
